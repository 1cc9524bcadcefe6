// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/nn/activation.h"

namespace greenfront::nn {

/// A linear layer with its activation, on vectors.
struct DenseLayer {
    std::string name;
    std::size_t in = 0, out = 0;
    bool bias = false;
    Activation activation = Activation::None;
};

enum class ConvKind { Pointwise, Depthwise, Dense };

/// A convolution, or a linear layer (1x1 on one pixel), with its batch norm, its activation and what is added
/// to its output.
struct Unit {
    ConvKind kind = ConvKind::Pointwise;
    std::string conv, norm; ///< names of the layers
    int input = -1;         ///< a unit; -1 is the images
    Shape in, out;
    int kernel = 1, stride = 1;
    Activation activation = Activation::None;
    std::vector<DenseLayer> gate; ///< from the mean of the activated output to what it is multiplied with
    int residual = -1;            ///< the unit whose output is added, or -1
    bool reluAfterSum = false;    ///< of the output and what is added to it
    bool stored = false; ///< else its one reader normalises and activates what it reads, when it reads it
};

/// A network in the steps in which it is trained: units, at least one, then the mean over the pixels and
/// linear layers.
struct TrainingPlan {
    Shape image;
    std::vector<Unit> units;
    std::vector<DenseLayer> head;
};

/// Throws Error if the network is not made of units.
TrainingPlan planTraining(const arch::Network& network);

} // namespace greenfront::nn
