// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/phases.h"
#include "core/study/predictor.h"

#include <string>

namespace greenfront::study {

struct PredictedSearch {
    int evaluations = 4000; ///< networks whose accuracy is predicted
    int judged = 8; ///< of the front that is found, spread over its costs: so many are judged for real
};

/// Searches for a device whose latency is estimated: NSGA-II on predicted accuracies, and what it finds is
/// judged by the shared weights. Throws Error for a device that is measured, as that takes longer than
/// judging.
void searchByPredictor(const PhaseContext& context, const Trained& trained, const StudyPredictor& predictor,
                       const std::string& device, const PredictedSearch& wish);

/// The most accurate network, by predictions, that takes at most so long on a device whose latency is
/// estimated; its weights are extracted and its statistics recalibrated, and nothing is judged. A run of its
/// own tells what that costs. Throws Error as above, and where no network is so fast.
Genotype specialiseByPredictor(const PhaseContext& context, const Trained& trained,
                               const StudyPredictor& predictor, const std::string& device, Seconds most);

} // namespace greenfront::study
