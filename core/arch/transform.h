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

/// Puts a Normalise layer behind the input, so that the model takes values as the data's file has them.
Model withNormalisation(Model model, std::span<const float> mean, std::span<const float> deviation);
/// Folds each BatchNorm that follows a Conv into it; the function computed stays the same.
Model foldBatchNorm(Model model);

} // namespace greenfront::arch
