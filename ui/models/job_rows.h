// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/jobs.h"
#include "ui/models/studies.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

enum class JobAction { Start, Pause, Resume, Cancel };

/// A study as the job list shows it: running, waiting, interrupted, finished.
struct JobRow {
    StudyId study;
    study::JobId job; ///< 0 where the queue knows none
    QString title, state, detail, times, energy, error;
    double fraction = 0; ///< 0..1
    bool active = false; ///< runs or waits for its turn
    std::vector<JobAction> actions;

    bool operator==(const JobRow&) const = default;
};

/// Active first, then what can be resumed, then the rest; a study that never ran is not a job.
std::vector<JobRow> jobRows(const std::vector<study::JobInfo>& jobs, const std::vector<StudyEntry>& studies);

/// One line for the status bar; empty where nothing runs.
QString runningText(const std::vector<study::JobInfo>& jobs, const std::vector<StudyEntry>& studies);

} // namespace greenfront::ui
