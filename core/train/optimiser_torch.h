// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/tensors_torch.h"

// LibTorch code: include from the .cpp files of train and its like only.
namespace greenfront::train {

struct SgdOptions {
    double momentum = 0.9;     ///< Nesterov
    double weightDecay = 5e-4; ///< none on vectors (batch norm and biases) and kernel matrices
};

/// Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013) over named parameters. Tensors
/// that got no gradient in a step are left alone.
class Sgd {
public:
    Sgd(nn::Tensors& parameters, SgdOptions options);
    void step(double learningRate);
    /// The momentum, by the parameters' names.
    nn::Tensors& momentum() { return momentum_; }

private:
    nn::Tensors& parameters_;
    nn::Tensors momentum_;
    SgdOptions options_;
};

/// Warm-up from 0 over the first steps, then half a cosine down to 0 (Loshchilov and Hutter 2017).
double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps);

} // namespace greenfront::train
