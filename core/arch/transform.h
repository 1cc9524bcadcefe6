// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/arch/weights.h"

#include <span>

namespace greenfront::arch {

/// A network with its weights: what is evaluated, measured and exported.
struct Model {
    Network network;
    Weights weights;
};

/// The weights that a layer reads, by full name, with their shapes.
std::map<std::string, std::vector<std::int64_t>> weightShapes(const Network& network, std::size_t layer);
/// Throws Error unless the network is valid and every layer finds its weights in the right shape.
void validate(const Model& model);

/// Puts a Normalise layer behind the input, so that the model takes values as the data's file has them.
/// Mean and deviation, one a channel, deviations above 0; throws Error otherwise.
Model withNormalisation(Model model, std::span<const float> mean, std::span<const float> deviation);
/// Folds each BatchNorm that alone reads a Conv or a Linear into it; the function computed stays the same up
/// to rounding. w' = w * gamma / sqrt(variance + 1e-5), b' = (b - mean) * gamma / sqrt(variance + 1e-5) +
/// beta (Ioffe and Szegedy 2015). Other BatchNorms stay.
Model foldBatchNorm(Model model);

} // namespace greenfront::arch
