// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/nn/activation.h"

namespace greenfront::nn {

enum class ConvKind { Pointwise, Depthwise, Dense };

/// A convolution with its batch norm, its activation and what is added to its output.
struct Unit {
    ConvKind kind = ConvKind::Pointwise;
    std::string conv, norm; ///< names of the layers
    int input = -1;         ///< a unit; -1 is the images
    Shape in, out;
    int kernel = 1, stride = 1;
    Activation activation = Activation::None;
    int residual = -1;   ///< the unit whose output is added, or -1
    bool stored = false; ///< else its one reader normalises and activates what it reads, when it reads it
};

/// A network in the steps in which it is trained: units, then the mean over the pixels and a linear layer.
struct TrainingPlan {
    Shape image;
    std::vector<Unit> units;
    std::string classifier;
    int classes = 0;
};

/// Throws Error if the network is not made of units.
TrainingPlan planTraining(const arch::Network& network);

} // namespace greenfront::nn
