// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/nn/gradients.h"
#include "core/nn/time_spent.h"

#include <memory>
#include <span>
#include <string>

namespace greenfront::nn {

/// Forward and backward passes, on one thread, of networks that share weights; batch norm goes by the samples
/// at hand.
class Pass {
public:
    virtual ~Pass() = default;

    /// A step begins: the weights may have changed, and gradients are summed anew.
    virtual void begin() = 0;
    /// Logits [samples][classes] of images in NCHW order; they stay until the next call.
    virtual std::span<const float> forward(const arch::Network& network, std::span<const float> images) = 0;
    /// Of the last forward pass; gradLogits [samples][classes].
    virtual void backward(std::span<const float> gradLogits) = 0;
    /// Sums since begin().
    virtual const Gradients& gradients() = 0;
    /// Since the last call of forward().
    virtual const TimeSpent& timeSpent() = 0;
};

constexpr const char* ownCompute = "cpu";     ///< Greenfront's own passes
constexpr const char* plainCompute = "torch"; ///< LibTorch's operators and autograd, in contiguous order

/// compute: "cpu", "torch", or a device that LibTorch knows, such as "cuda:0", where "torch" runs then. Keeps
/// a reference to the weights, which must not change between begin() and the last backward pass. Throws Error
/// for a device that is not here.
std::unique_ptr<Pass> makePass(const std::string& compute, const arch::Weights& shared);
/// Throws Error unless makePass() would take it.
void checkCompute(const std::string& compute);

} // namespace greenfront::nn
