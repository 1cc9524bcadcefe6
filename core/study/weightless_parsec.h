// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/dataset.h"
#include "core/study/architectures.h"

#include <functional>

namespace greenfront::study {

struct WeightlessGeneration {
    std::size_t generation = 0; ///< from 1
    std::size_t drawn = 0;      ///< architectures until now
    std::size_t scored = 0;     ///< different ones among them
    double uncertainty = 0;     ///< of the distribution, behind the generation
};

struct WeightlessResult {
    search::Categoricals distribution;
    WeightlessGeneration last;
};

/// Weightless PARSEC: the same distribution over architectures as PARSEC's, learnt without training weights
/// for each sample. No published text says how; here the score of an architecture, in place of its
/// likelihood, is the sum of two that need no training, SynFlow and the overlap of activations (see
/// train/training_free.h), each standardised within its generation; the second on 32 training images. An
/// architecture is scored once, however often it is drawn. Ends once the distribution is certain, or after
/// `mostScored` different architectures. Scores of a generation are computed side by side.
WeightlessResult learnWeightless(const Architectures& architectures, const data::Dataset& dataset,
                                 std::uint64_t seed, std::size_t mostScored, Control& control,
                                 const std::function<void(const WeightlessGeneration&)>& onGeneration);

} // namespace greenfront::study
