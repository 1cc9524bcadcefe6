// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/executor_torch.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;
using torch::Tensor;

constexpr double epsilon = 1e-5;

/// The centre of the kernel, passed through the matrices one size at a time.
Tensor smallerKernel(const Tensors& shared, const std::string& layer, Tensor weight, int kernel) {
    for (int from = static_cast<int>(weight.size(2)); from > kernel; from -= 2) {
        const int to = from - 2;
        const Tensor centre = weight.narrow(2, 1, to).narrow(3, 1, to);
        const Tensor& matrix = shared.at(kernelMatrixName(layer, from));
        weight = centre.reshape({-1, int64_t{to} * to}).matmul(matrix).view(centre.sizes());
    }
    return weight;
}

Tensor firstOf(const Tensor& tensor, int64_t dimension, int64_t count) {
    return tensor.size(dimension) == count ? tensor : tensor.narrow(dimension, 0, count);
}

class Execution {
public:
    Execution(const Network& network, const Tensors& weights, const ExecuteOptions& options)
        : network_(network),
          weights_(weights),
          options_(options),
          values_(network.layers.size()),
          readers_(network.layers.size()) {
        for (const Layer& layer : network.layers)
            for (const int input : layer.inputs)
                ++readers_[static_cast<std::size_t>(input)];
    }

    Tensor run(const Tensor& input) {
        values_[0] = input;
        for (std::size_t i = 1; i < network_.layers.size(); ++i) {
            const Layer& layer = network_.layers[i];
            if (fusesWithNext(i)) {
                values_[i + 1] = batchNorm(layer, take(layer.inputs[0]), true);
                ++i;
            } else {
                values_[i] = apply(layer);
            }
        }
        return values_.back();
    }

private:
    /// A layer's output for one of its readers; the last reader takes it along, which frees memory and lets
    /// it be overwritten.
    Tensor take(int index) {
        const auto i = static_cast<std::size_t>(index);
        return --readers_[i] == 0 ? std::move(values_[i]) : values_[i];
    }

    bool fusesWithNext(std::size_t i) const {
        return network_.layers[i].op == Op::BatchNorm && i + 1 < network_.layers.size() &&
               network_.layers[i + 1].op == Op::Relu &&
               network_.layers[i + 1].inputs[0] == static_cast<int>(i) && readers_[i] == 1;
    }

    Tensor weight(const Layer& layer, const char* suffix) const {
        const int channels = network_.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels;
        return elasticTensor(weights_, layer, suffix, channels);
    }

    Tensor apply(const Layer& layer) {
        const bool sole = readers_[static_cast<std::size_t>(layer.inputs[0])] == 1;
        Tensor x = take(layer.inputs[0]);
        switch (layer.op) {
        case Op::Normalise:
            return (x - weight(layer, ".mean").view({1, -1, 1, 1})) /
                   weight(layer, ".deviation").view({1, -1, 1, 1});
        case Op::Conv:
            return convolution(layer, x);
        case Op::BatchNorm:
            return batchNorm(layer, x, false);
        case Op::Relu:
            return sole && !options_.training ? x.relu_() : x.relu();
        case Op::HardSwish:
            return at::hardswish(x);
        case Op::Add:
            return x + take(layer.inputs[1]);
        case Op::GlobalAveragePool:
            return x.mean({2, 3}, true);
        case Op::Linear:
            return at::linear(x.flatten(1), weight(layer, ".weight"),
                              layer.bias ? weight(layer, ".bias") : Tensor());
        case Op::Input:
            break;
        }
        return x;
    }

    Tensor convolution(const Layer& layer, const Tensor& x) const {
        const Tensor w = weight(layer, ".weight");
        const Tensor bias = layer.bias ? weight(layer, ".bias") : Tensor();
        if (options_.channelsLast && layer.groups == x.size(1) && w.size(1) == 1 &&
            layer.output.channels == layer.groups && layer.kernel <= 9) {
            const Tensor y = depthwiseConv(x, w, layer.stride);
            return layer.bias ? y + bias.view({1, -1, 1, 1}) : y;
        }
        return at::conv2d(x, w, bias, layer.stride, layer.kernel / 2, 1, layer.groups);
    }

    Tensor batchNorm(const Layer& layer, const Tensor& x, bool activate) const {
        const Tensor gamma = weight(layer, ".weight");
        const Tensor beta = weight(layer, ".bias");
        if (!options_.training) {
            const Tensor y = at::batch_norm(x, gamma, beta, weight(layer, ".running_mean"),
                                            weight(layer, ".running_var"), false, 0.0, epsilon, false);
            return activate ? y.relu() : y;
        }
        if (!options_.channelsLast) {
            const Tensor y = at::batch_norm(x, gamma, beta, {}, {}, true, 0.0, epsilon, false);
            return activate ? y.relu() : y;
        }
        BatchMoments moments;
        Tensor y = batchNormRelu(x, gamma, beta, activate, options_.onMoments ? &moments : nullptr);
        if (options_.onMoments)
            options_.onMoments(layer.name, moments);
        return y;
    }

    const Network& network_;
    const Tensors& weights_;
    const ExecuteOptions& options_;
    std::vector<Tensor> values_;
    std::vector<int> readers_; ///< still to come
};

} // namespace

std::string kernelMatrixName(const std::string& layer, int from) {
    return layer + ".kernel" + std::to_string(from) + "to" + std::to_string(from - 2);
}

Tensor elasticTensor(const Tensors& shared, const Layer& layer, const std::string& suffix,
                     int inputChannels) {
    Tensor tensor = firstOf(shared.at(layer.name + suffix), 0, layer.output.channels);
    if (tensor.dim() < 2)
        return tensor;
    tensor = firstOf(tensor, 1, inputChannels / layer.groups);
    return tensor.dim() == 4 ? smallerKernel(shared, layer.name, tensor, layer.kernel) : tensor;
}

Tensor execute(const Network& network, const Tensors& weights, const Tensor& input,
               const ExecuteOptions& options) {
    return Execution(network, weights, options).run(input).flatten(1);
}

} // namespace greenfront::nn
