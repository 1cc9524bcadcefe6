// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/phases.h"
#include "core/study/predictor.h"

#include <string>

namespace greenfront::study {

struct PredictedSearch {
    int evaluations = 4000; ///< networks whose accuracy is predicted
    int judged = 8; ///< of the front that is found, spread over its costs: so many are judged for real
    std::optional<Seconds> most{}; ///< latency of those that are judged: the most accurate ones below it
};

/// Searches for a device whose latency is estimated: NSGA-II on predicted accuracies, and what it finds is
/// judged by the shared weights. Throws Error for a device that is measured, as that takes longer than
/// judging.
void searchByPredictor(const PhaseContext& context, const Trained& trained, const StudyPredictor& predictor,
                       const std::string& device, const PredictedSearch& wish);

} // namespace greenfront::study
