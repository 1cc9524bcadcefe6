// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <string>
#include <vector>

namespace greenfront::store {

/// What a run was expected to cost, kept to be compared with what it did cost. The bounds are those of a 95 %
/// interval.
struct PredictionRow {
    RunId run;
    std::string kind;         ///< "before", "profile"
    double share = 0;         ///< of the run that was seen when it was made, 0..1
    std::int64_t planned = 0; ///< epochs or networks that it speaks of
    Joules joules, joulesLow, joulesHigh;
    Seconds seconds, secondsLow, secondsHigh;
    double correction = 1; ///< factor that is in the joules and seconds because earlier ones were off by it
    std::string method;
    std::string at; ///< ISO 8601, UTC; set by putPrediction
};

/// Replaces the run's prediction of the same kind.
void putPrediction(Workspace& workspace, const PredictionRow& row);
std::vector<PredictionRow> predictionsOf(Workspace& workspace, RunId run);
std::vector<PredictionRow> allPredictions(Workspace& workspace); ///< oldest run first

} // namespace greenfront::store
