// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/elastic_kernel.h"
#include "core/nn/pass.h"
#include "core/nn/training_plan.h"

#include <functional>
#include <memory>
#include <span>

namespace greenfront::nn {

/// Called with the mean and the biased variance of what a batch norm saw, [C] each.
using OnMoments = std::function<void(const std::string& norm, std::span<const float> mean,
                                     std::span<const float> variance)>;

/// Own code instead of LibTorch's autograd, because elastic networks are made of small operators: here a
/// convolution reads its part of the shared weights in place, normalises and activates what it reads while it
/// is in the cache, and only its raw output is kept. Tensors are in NHWC order. The memory of one pass serves
/// the next.
class TrainingPass final : public Pass {
public:
    /// Keeps a reference to the weights, which must not change between a forward and its backward pass.
    explicit TrainingPass(const arch::Weights& shared);
    ~TrainingPass() override;

    void begin() override;
    /// Throws Error if the network is not made of convolutions with batch norm, a mean over the pixels and
    /// linear layers.
    std::span<const float> forward(const arch::Network& network, std::span<const float> images) override;
    std::span<const float> forward(const arch::Network& network, std::span<const float> images,
                                   const OnMoments& onMoments);
    void backward(std::span<const float> gradLogits) override;
    const Gradients& gradients() override;
    const TimeSpent& timeSpent() override;

private:
    class Work;
    std::unique_ptr<Work> work_;
};

} // namespace greenfront::nn
