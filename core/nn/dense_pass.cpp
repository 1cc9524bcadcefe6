// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/dense_pass.h"

#include "core/nn/gemm.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

MatrixView weightOf(const DenseLayer& layer, const arch::Weights& shared) {
    const arch::Tensor& tensor = shared.at(layer.name + ".weight");
    return {tensor.values.data(), layer.out, layer.in, static_cast<std::size_t>(tensor.shape[1])};
}

} // namespace

std::span<const float> DensePass::forward(std::span<const DenseLayer> layers, const float* input,
                                          std::size_t samples, const arch::Weights& shared) {
    input_ = input;
    samples_ = samples;
    states_.resize(std::max(states_.size(), layers.size()));
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const DenseLayer& layer = layers[i];
        const std::size_t count = samples * layer.out;
        float* raw = states_[i].raw.sized(count);
        if (layer.bias)
            for (std::size_t n = 0; n < samples; ++n)
                std::copy_n(shared.at(layer.name + ".bias").values.data(), layer.out, raw + n * layer.out);
        multiplyTransposed({input, samples, layer.in, layer.in}, weightOf(layer, shared), raw, layer.out,
                           layer.bias ? Result::Add : Result::Overwrite);
        activate(raw, states_[i].output.sized(count), count, layer.activation);
        input = states_[i].output.data();
    }
    return {input, samples * layers.back().out};
}

std::span<const float> DensePass::backward(std::span<const DenseLayer> layers, const float* gradOutput,
                                           const arch::Weights& shared, Gradients& gradients) {
    for (std::size_t i = layers.size(); i-- > 0;) {
        const DenseLayer& layer = layers[i];
        const std::size_t count = samples_ * layer.out;
        float* grad = grad_.sized(count);
        std::copy_n(gradOutput, count, grad);
        activationGradient(states_[i].raw.data(), grad, count, layer.activation);
        const MatrixView rows{grad, samples_, layer.out, layer.out};
        const MatrixView weight = weightOf(layer, shared);
        const float* input = i == 0 ? input_ : states_[i - 1].output.data();
        multiplyTransposing(rows, {input, samples_, layer.in, layer.in}, gradients.of(layer.name + ".weight"),
                            weight.stride, Result::Add);
        if (layer.bias) {
            float* bias = gradients.of(layer.name + ".bias");
            for (std::size_t k = 0; k < count; ++k)
                bias[k % layer.out] += grad[k];
        }
        float* gradInput = states_[i].gradInput.sized(samples_ * layer.in);
        multiply(rows, weight, gradInput, layer.in, Result::Overwrite);
        gradOutput = gradInput;
    }
    return {gradOutput, samples_ * layers.front().in};
}

} // namespace greenfront::nn
