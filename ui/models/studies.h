// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/study/study.h"

#include <QString>

#include <optional>
#include <vector>

namespace greenfront::ui {

/// One study of the workspace, as the window lists it.
struct StudyEntry {
    StudyId id;
    study::Study study;
    std::optional<store::DataRow> data;
    std::vector<store::RunRow> runs;
    Joules spent; ///< by all its runs so far
    bool finished = false;

    bool begun() const { return !runs.empty(); }
    QString name() const;
};

/// Oldest first.
std::vector<StudyEntry> loadStudies(store::Workspace& workspace);
const StudyEntry* findEntry(const std::vector<StudyEntry>& studies, StudyId id);
/// The newest that has begun, else the newest; 0 where there is none.
StudyId studyToShow(const std::vector<StudyEntry>& studies);

/// (what, value) for a person: kind, samples by part, classes, shape.
std::vector<std::pair<QString, QString>> dataSummary(const std::optional<store::DataRow>& data,
                                                     const std::string& source);

} // namespace greenfront::ui
