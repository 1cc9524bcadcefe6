// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"
#include "core/data/augment.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <vector>

namespace greenfront::train {

/// Shuffles and augments the training part. An epoch's batches follow from the seed and the epoch's number
/// alone, so a resumed training sees the same ones.
class Batches {
public:
    Batches(const data::Dataset& dataset, std::size_t batchSize, const data::Augmentation& augmentation,
            std::uint64_t seed);

    /// Incomplete batches are left out, unless there is no complete one.
    std::size_t count() const;
    void startEpoch(int epoch);

    struct Batch {
        std::vector<float> images; ///< normalised, NCHW
        std::vector<int> labels;
    };
    Batch next();

private:
    const data::Dataset& dataset_;
    std::size_t batchSize_;
    data::Augmentation augmentation_;
    std::uint64_t seed_;
    std::vector<float> background_; ///< normalised, a channel
    std::vector<std::size_t> order_;
    std::size_t position_ = 0;
    Rng rng_;
};

/// Normalised images of a part, NCHW; `most` of them at even distances, or all.
std::vector<float> normalisedImages(const data::Dataset& dataset, data::Part part, std::size_t most);

} // namespace greenfront::train
