// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/json.h"
#include "core/base/progress.h"
#include "core/base/schema.h"
#include "core/data/open.h"
#include "core/store/workspace.h"
#include "core/study/timing.h"

#include <string>
#include <vector>

namespace greenfront::study {

/// Data set + search space + objectives + method + budget: what study.json holds.
struct Study {
    std::string name;
    std::string data; ///< a path or "builtin..."
    std::string label =
        {};               ///< of a table: the column with the classes; "" is chosen as data::OpenOptions says
    std::string dataHash; ///< "" until the data was seen
    Json space;
    Json parameters; ///< by studySchema()
};

/// Every parameter of the study, grouped by its recipe: training, search, measuring.
struct SchemaGroup {
    std::string title;
    Schema parameters;
};
const std::vector<SchemaGroup>& studySchema();
/// All groups in one.
const Schema& studyParameters();

/// A study with defaults that suit the data. `label`: of a table, the column with the classes.
Study newStudy(const std::string& data, Control* control = nullptr, const std::string& label = {});
/// Another kind of space (arch::spaceKinds()), scaled to the study's data.
void setSpace(Study& study, const std::string& kind);
OrderedJson toJson(const Study& study);
Study studyFromJson(const Json& json, const std::string& subject);
/// key=value, as from --set; keys are the parameters' and "name" and "data".
void setParameter(Study& study, const std::string& assignment);

/// Stores study and data set; the same study (all but its name) in the same workspace is found again, not
/// doubled.
StudyId putStudy(store::Workspace& workspace, const Study& study);
Study loadStudy(store::Workspace& workspace, StudyId id);

/// Trains, searches for each device, and fills the workspace as it goes. Takes up what an earlier call left
/// undone. Throws Cancelled at the next clean point after a request; throws Error if another process runs in
/// this workspace, or if nothing tells how long to plan for.
void runStudy(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& progress,
              const RunOptions& options = {});
/// Is there anything left for runStudy to do?
bool isFinished(store::Workspace& workspace, StudyId id);

} // namespace greenfront::study
