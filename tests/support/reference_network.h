// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/transform.h"
#include "core/base/random.h"

#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace greenfront::testing {

/// The logits of one sample (C x H x W values), computed in double precision by plain loops straight from the
/// meaning of the operators in core/arch/network.h: slow, obvious and independent of every library.
std::vector<double> referenceLogits(const arch::Model& model, std::span<const float> sample);
/// The output of every layer, in their order.
std::vector<std::vector<double>> referenceOutputs(const arch::Model& model, std::span<const float> sample);

/// Weights for every layer, as large as in a trained network: batch norm statistics are near those of a
/// random input of variance 1, so that the logits are too. For networks without a Normalise layer.
arch::Weights randomWeights(const arch::Network& network, Rng& rng);
std::vector<float> randomValues(std::size_t count, double low, double high, Rng& rng);

/// Largest absolute difference; infinite where the lengths differ.
template <class A, class B>
double largestDifference(const A& a, const B& b) {
    if (a.size() != b.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const double difference = std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i]));
        if (!(difference <= largest)) // also true for what is not a number
            largest = difference;
    }
    return largest;
}

} // namespace greenfront::testing
