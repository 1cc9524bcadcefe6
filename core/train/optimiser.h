// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/gradients.h"

#include <memory>
#include <string>

namespace greenfront::train {

/// Changes named weights along their gradients. Tensors that nothing used in a step are left alone. Weights
/// decay, but not vectors (batch norm and biases) and kernel matrices.
class Optimiser {
public:
    virtual ~Optimiser() = default;
    virtual void step(arch::Weights& weights, const nn::Gradients& gradients, double learningRate) = 0;

    /// What it remembers, named "<what>/<weight>".
    const arch::Weights& memory() const { return memory_; }
    /// Throws Error unless names and shapes are those of memory().
    void setMemory(arch::Weights memory);
    /// Forgets everything, as before the first step.
    void restart();

protected:
    /// A zero of each weight's shape.
    void remember(const std::string& what, const arch::Weights& weights);
    arch::Weights memory_;
};

struct SgdOptions {
    double momentum = 0.9; ///< Nesterov
    double weightDecay = 5e-4;
};
/// Stochastic gradient descent with Nesterov momentum (Sutskever et al. 2013).
std::unique_ptr<Optimiser> makeSgd(const arch::Weights& weights, const SgdOptions& options);

struct AdamWOptions {
    double weightDecay = 5e-4; ///< times the learning rate
    double beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8;
};
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019). A tensor's bias correction counts the steps
/// that used it.
std::unique_ptr<Optimiser> makeAdamW(const arch::Weights& weights, const AdamWOptions& options);

/// Scales all gradients so that their common norm is at most this; returns the norm that they had.
double clipNorm(nn::Gradients& gradients, double most);

/// Warm-up from 0 over the first steps, then half a cosine down to 0 (Loshchilov and Hutter 2017).
double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps);

} // namespace greenfront::train
