// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/buffer.h"
#include "core/nn/gradients.h"
#include "core/nn/training_plan.h"

#include <span>

namespace greenfront::nn {

/// Linear layers one behind the other on [samples][width]; each uses the first rows and columns of its shared
/// weight, in place.
class DensePass {
public:
    /// Returns [samples][out of the last layer], until the next call. The input must stay until backward().
    std::span<const float> forward(std::span<const DenseLayer> layers, const float* input,
                                   std::size_t samples, const arch::Weights& shared);
    /// Of the same layers; gradOutput [samples][out of the last]. Returns the gradient by the input.
    std::span<const float> backward(std::span<const DenseLayer> layers, const float* gradOutput,
                                    const arch::Weights& shared, Gradients& gradients);

private:
    struct State {
        Buffer raw, output, gradInput;
    };
    std::vector<State> states_;
    Buffer grad_;
    const float* input_ = nullptr;
    std::size_t samples_ = 0;
};

} // namespace greenfront::nn
