// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"

#include <string>
#include <vector>

namespace greenfront::store {

struct DataRow {
    std::string hash, name, kind;
    Json info;   ///< classes, shape, samples
    Json source; ///< how to open it again
};

void putData(Workspace& workspace, const DataRow& row); ///< nothing if it is there already
std::optional<DataRow> findData(Workspace& workspace, const std::string& hash);
std::vector<DataRow> allData(Workspace& workspace);

struct StudyRow {
    StudyId id;
    std::string name, created; ///< ISO 8601, UTC
    std::string dataHash;
    Json config;
};

StudyId addStudy(Workspace& workspace, const std::string& name, const std::string& dataHash,
                 const Json& config);
void renameStudy(Workspace& workspace, StudyId id, const std::string& name);
std::optional<StudyRow> findStudy(Workspace& workspace, StudyId id);
std::vector<StudyRow> allStudies(Workspace& workspace); ///< oldest first

} // namespace greenfront::store
