// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/transform.h"

#include <cstdint>
#include <span>

namespace greenfront::nn {

/// The shared weights of all networks of a search space: those of the largest network, with a matrix for each
/// step to a smaller kernel. A smaller network uses the first channels of every layer that it has.
class Supernet {
public:
    /// He initialisation, batch norm at 1 and 0, kernel matrices at identity; from the seed alone.
    Supernet(const arch::Network& largest, std::uint64_t seed);

    const arch::Weights& weights() const { return weights_; }
    arch::Weights& weights() { return weights_; }
    /// Throws Error unless names and shapes are those of weights().
    void setWeights(const arch::Weights& weights);

    /// A network on its own, with the weights it shares and batch norm's statistics computed anew from these
    /// normalised images (NCHW, of the largest network's input): statistics of other networks, or of another
    /// resolution, do not fit it (Yu and Huang 2019).
    arch::Model specialise(const arch::Network& network, std::span<const float> images) const;

    /// Logits of a network by the batch's own statistics, as in training: [images][classes].
    std::vector<float> trainingLogits(const arch::Network& network, std::span<const float> images) const;

private:
    arch::Weights weights_;
    Shape input_; ///< of the largest network
};

} // namespace greenfront::nn
