// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/gradients.h"

namespace greenfront::train {

struct SgdOptions {
    double momentum = 0.9;     ///< Nesterov
    double weightDecay = 5e-4; ///< none on vectors (batch norm and biases) and kernel matrices
};

/// Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013) over named weights. Tensors
/// that nothing used in a step are left alone.
class Sgd {
public:
    Sgd(arch::Weights weights, SgdOptions options);
    void step(arch::Weights& weights, const nn::Gradients& gradients, double learningRate);

    /// By the weights' names.
    const arch::Weights& momentum() const { return momentum_; }
    /// Throws Error unless names and shapes are those of momentum().
    void setMomentum(arch::Weights momentum);

private:
    arch::Weights momentum_;
    SgdOptions options_;
};

/// Warm-up from 0 over the first steps, then half a cosine down to 0 (Loshchilov and Hutter 2017).
double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps);

} // namespace greenfront::train
