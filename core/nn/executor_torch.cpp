// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/executor_torch.h"

#include "core/nn/depthwise.h"
#include "core/nn/elastic_kernel.h"

#include <ATen/Parallel.h>

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

/// The part of a shared tensor that a layer uses; what fits already is returned as it is.
Tensor elasticTensor(const Tensors& shared, const Layer& layer, const std::string& suffix,
                     int inputChannels) {
    Tensor tensor = firstOf(shared.at(layer.name + suffix), 0, layer.output.channels);
    if (tensor.dim() < 2)
        return tensor;
    tensor = firstOf(tensor, 1, inputChannels / layer.groups);
    return tensor.dim() == 4 ? smallerKernel(shared, layer.name, tensor, layer.kernel) : tensor;
}

/// LibTorch's own is several times slower.
Tensor depthwiseConv(const Tensor& x, const Tensor& weight, int stride) {
    const Tensor input = x.contiguous(at::MemoryFormat::ChannelsLast);
    const DepthwiseShape shape{static_cast<int>(x.size(0)),      static_cast<int>(x.size(2)),
                               static_cast<int>(x.size(3)),      static_cast<int>(x.size(1)),
                               static_cast<int>(weight.size(2)), stride};
    const Tensor taps = weight.flatten(1).t().contiguous();
    Tensor output = torch::empty({x.size(0), shape.channels, shape.outHeight(), shape.outWidth()},
                                 x.options().memory_format(at::MemoryFormat::ChannelsLast));
    const auto* in = input.data_ptr<float>();
    const auto* w = taps.data_ptr<float>();
    auto* out = output.data_ptr<float>();
    at::parallel_for(0, shape.batch, 1, [&](int64_t first, int64_t last) {
        depthwiseForward(shape, in, w, out, static_cast<int>(first), static_cast<int>(last));
    });
    return output;
}

class Execution {
public:
    Execution(const Network& network, const Tensors& weights, Mode mode)
        : network_(network),
          weights_(weights),
          mode_(mode),
          values_(network.layers.size()),
          readers_(network.layers.size()) {
        for (const Layer& layer : network.layers)
            for (const int input : layer.inputs)
                ++readers_[static_cast<std::size_t>(input)];
    }

    Tensor run(const Tensor& input, const AfterLayer& after) {
        values_[0] = input;
        for (std::size_t i = 1; i < network_.layers.size(); ++i) {
            values_[i] = apply(network_.layers[i]);
            if (after)
                after(i, values_[i]);
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
            return batchNorm(layer, x);
        case Op::Relu:
            return sole && mode_ == Mode::Inference ? x.relu_() : x.relu();
        case Op::HardSwish:
            return at::hardswish(x);
        case Op::HardSigmoid:
            return at::hardsigmoid(x);
        case Op::Add:
            return x + take(layer.inputs[1]);
        case Op::Scale:
            return x * take(layer.inputs[1]).view({x.size(0), x.size(1), 1, 1});
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
        if (mode_ == Mode::Inference && layer.groups == x.size(1) && w.size(1) == 1 &&
            layer.output.channels == layer.groups && layer.kernel <= 9) {
            const Tensor y = depthwiseConv(x, w, layer.stride);
            return layer.bias ? y + bias.view({1, -1, 1, 1}) : y;
        }
        return at::conv2d(x, w, bias, layer.stride, layer.kernel / 2, 1, layer.groups);
    }

    Tensor batchNorm(const Layer& layer, const Tensor& x) const {
        const Tensor gamma = weight(layer, ".weight");
        const Tensor beta = weight(layer, ".bias");
        if (mode_ == Mode::Training)
            return at::batch_norm(x, gamma, beta, {}, {}, true, 0.0, epsilon, false);
        return at::batch_norm(x, gamma, beta, weight(layer, ".running_mean"), weight(layer, ".running_var"),
                              false, 0.0, epsilon, false);
    }

    const Network& network_;
    const Tensors& weights_;
    Mode mode_;
    std::vector<Tensor> values_;
    std::vector<int> readers_; ///< still to come
};

} // namespace

Tensor execute(const Network& network, const Tensors& weights, const Tensor& input, Mode mode,
               const AfterLayer& after) {
    return Execution(network, weights, mode).run(input, after).flatten(1);
}

} // namespace greenfront::nn
