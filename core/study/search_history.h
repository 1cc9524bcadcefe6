// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/importance.h"
#include "core/store/runs.h"
#include "core/study/tune.h"

#include <string>
#include <vector>

namespace greenfront::study {

/// How far a search had come when one more of its trials had ended.
struct HistoryStep {
    std::size_t trial = 0;  ///< of TuningResult::trials
    Joules joules{};        ///< taken by the trials that had ended, whatever became of them
    Seconds seconds{};      ///< that they took, one after the other
    search::Point best{};   ///< each objective's best value of those that finished; NaN before the first
    double hypervolume = 0; ///< of those that finished, up to TuningResult::reference
};

/// One step a trial with a result, in the order of their results.
std::vector<HistoryStep> historyOf(const TuningResult& result);

/// What a trial reported of one metric while it ran.
struct TrialCurve {
    std::size_t trial = 0; ///< of TuningResult::trials
    std::vector<store::SeriesPoint> points{};
};

/// Of all trials that reported it, stopped, failed and running ones too.
std::vector<TrialCurve> curvesOf(store::Workspace& workspace, const TuningResult& result,
                                 const std::string& metric);
/// What trials reported while they ran: the objectives first, then what else the newest of them told.
std::vector<std::string> reportedMetrics(store::Workspace& workspace, const TuningResult& result);

/// Of the space's parameters for one objective, from the trials that finished; see search::importancesOf.
/// Empty where they are too few or all alike.
std::vector<search::Importance> importancesOf(const TuningResult& result, std::size_t objective);

} // namespace greenfront::study
