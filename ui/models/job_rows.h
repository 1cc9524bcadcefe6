// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/jobs.h"
#include "ui/models/search_query.h"
#include "ui/models/studies.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

enum class JobAction { Start, Pause, Resume, Cancel };

/// A study of either kind as the job list shows it: running, waiting, interrupted, finished.
struct JobRow {
    StudyId study;
    study::JobId job; ///< 0 where the queue knows none
    QString title, state, detail, expected, times, energy, error;
    double fraction = 0; ///< 0..1
    bool active = false; ///< runs or waits for its turn
    bool begun = true;
    std::vector<JobAction> actions;

    bool operator==(const JobRow&) const = default;
};

/// Active first, then what can be resumed, then the rest. A supernet's study that never ran is not a job: it
/// stands on the study page; nor is a search whose trials came from elsewhere.
std::vector<JobRow> jobRows(const std::vector<study::JobInfo>& jobs, const std::vector<StudyEntry>& studies,
                            const std::vector<TuningEntry>& tunings = {});

/// One line for the status bar; empty where nothing runs.
QString runningText(const std::vector<study::JobInfo>& jobs, const std::vector<StudyEntry>& studies,
                    const std::vector<TuningEntry>& tunings = {});

} // namespace greenfront::ui
