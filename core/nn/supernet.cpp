// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/supernet.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/resize.h"
#include "core/nn/runtime.h"
#include "core/nn/training_pass.h"

#include <cmath>
#include <functional>
#include <numeric>

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;
using arch::Tensor;

Tensor constant(std::vector<std::int64_t> shape, float value) {
    const auto count = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
    return {std::move(shape), std::vector<float>(static_cast<std::size_t>(count), value)};
}

Tensor normal(std::vector<std::int64_t> shape, double deviation, Rng& rng) {
    Tensor tensor = constant(std::move(shape), 0);
    for (float& value : tensor.values)
        value = static_cast<float>(deviation * rng.normal());
    return tensor;
}

Tensor identity(std::int64_t size) {
    Tensor tensor = constant({size, size}, 0);
    for (std::size_t i = 0; i < tensor.values.size(); i += static_cast<std::size_t>(size) + 1)
        tensor.values[i] = 1;
    return tensor;
}

/// `hidden`: is it followed by batch norm?
void initialise(arch::Weights& all, const Layer& layer, int inputChannels, bool hidden, Rng& rng) {
    const std::int64_t out = layer.output.channels;
    if (layer.op == Op::Conv) {
        const double fanOut =
            static_cast<double>(layer.kernel) * layer.kernel * static_cast<double>(out) / layer.groups;
        all[layer.name + ".weight"] = normal({out, inputChannels / layer.groups, layer.kernel, layer.kernel},
                                             std::sqrt(2.0 / fanOut), rng);
        for (int from = layer.kernel; layer.groups > 1 && from > 3; from -= 2)
            all[kernelMatrixName(layer.name, from)] = identity(std::int64_t{from - 2} * (from - 2));
    } else if (layer.op == Op::BatchNorm) {
        all[layer.name + ".weight"] = constant({out}, 1);
    } else if (layer.op == Op::Linear) {
        const double deviation = hidden ? std::sqrt(2.0 / static_cast<double>(out)) : 0.01;
        all[layer.name + ".weight"] = normal({out, inputChannels}, deviation, rng);
    }
    if (layer.bias || layer.op == Op::BatchNorm)
        all[layer.name + ".bias"] = constant({out}, 0);
}

/// The first outputs and the first inputs of a tensor [outputs][inputs]...
Tensor firstOf(const Tensor& tensor, std::int64_t outputs, std::int64_t inputs) {
    Tensor part{tensor.shape, {}};
    part.shape[0] = outputs;
    if (tensor.shape.size() > 1)
        part.shape[1] = inputs;
    const std::size_t from = tensor.values.size() / static_cast<std::size_t>(tensor.shape[0]);
    const auto count =
        std::accumulate(part.shape.begin() + 1, part.shape.end(), std::int64_t{1}, std::multiplies<>());
    for (std::size_t o = 0; o < static_cast<std::size_t>(outputs); ++o) {
        const auto begin = tensor.values.begin() + static_cast<std::ptrdiff_t>(o * from);
        part.values.insert(part.values.end(), begin, begin + count);
    }
    return part;
}

Tensor ownWeight(const arch::Weights& shared, const Layer& layer, int inputChannels) {
    if (layer.op != Op::Conv || layer.groups == 1)
        return firstOf(shared.at(layer.name + ".weight"), layer.output.channels, inputChannels);
    return ElasticKernel(shared, layer.name, layer.output.channels, layer.kernel).weight();
}

/// Statistics of a batch norm pooled over batches of different sizes.
struct Pooled {
    std::vector<double> sum, squares;
    double count = 0;

    void add(std::span<const float> mean, std::span<const float> variance, double samples) {
        sum.resize(mean.size());
        squares.resize(mean.size());
        for (std::size_t c = 0; c < mean.size(); ++c) {
            const double m = mean[c];
            sum[c] += m * samples;
            squares[c] += (variance[c] + m * m) * samples;
        }
        count += samples;
    }
    void add(const Pooled& other) {
        for (std::size_t c = 0; c < sum.size(); ++c) {
            sum[c] += other.sum[c];
            squares[c] += other.squares[c];
        }
        count += other.count;
    }
    Tensor mean() const {
        Tensor result = constant({static_cast<std::int64_t>(sum.size())}, 0);
        for (std::size_t c = 0; c < sum.size(); ++c)
            result.values[c] = static_cast<float>(sum[c] / count);
        return result;
    }
    Tensor variance() const {
        Tensor result = constant({static_cast<std::int64_t>(sum.size())}, 0);
        for (std::size_t c = 0; c < sum.size(); ++c)
            result.values[c] =
                static_cast<float>(std::max(0.0, squares[c] / count - (sum[c] / count) * (sum[c] / count)));
        return result;
    }
};

using Statistics = std::map<std::string, Pooled>;

Statistics statisticsOf(TrainingPass& pass, const Network& network, std::span<const float> images) {
    Statistics statistics;
    pass.forward(network, images,
                 [&](const std::string& norm, std::span<const float> mean, std::span<const float> variance) {
                     statistics[norm].add(mean, variance, static_cast<double>(images.size()));
                 });
    return statistics;
}

Statistics calibrate(const Network& network, const arch::Weights& shared, std::span<const float> images,
                     const Shape& input) {
    constexpr std::size_t batch = 128;
    const std::size_t stride = batch * input.size();
    std::vector<Statistics> parts((images.size() + stride - 1) / stride);
    const auto workers = std::min(parts.size(), static_cast<std::size_t>(threads()));
    parallel(workers, [&](std::size_t worker) {
        TrainingPass pass(shared); // its memory serves all of the worker's parts
        for (std::size_t i = worker; i < parts.size(); i += workers) {
            const auto rest = images.subspan(i * stride);
            const auto part = rest.first(std::min(stride, rest.size()));
            parts[i] = statisticsOf(pass, network, data::resized(part, input, network.input()));
        }
    });
    Statistics pooled = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        for (const auto& [layer, statistics] : parts[i])
            pooled.at(layer).add(statistics);
    return pooled;
}

} // namespace

Supernet::Supernet(const Network& largest, std::uint64_t seed) : input_(largest.input()) {
    Rng rng(seed, 0);
    for (std::size_t i = 0; i < largest.layers.size(); ++i) {
        const Layer& layer = largest.layers[i];
        const bool hidden = i + 1 < largest.layers.size() && largest.layers[i + 1].op == Op::BatchNorm;
        if (!layer.inputs.empty())
            initialise(weights_, layer,
                       largest.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels, hidden,
                       rng);
    }
}

void Supernet::setWeights(const arch::Weights& weights) {
    for (const auto& [name, tensor] : weights_) {
        const auto found = weights.find(name);
        if (found == weights.end() || tensor.shape != found->second.shape)
            throw Error("load", "supernet", "its weights do not hold '" + name + "' in the right shape",
                        "They belong to another search space");
    }
    if (weights.size() != weights_.size())
        throw Error("load", "supernet", "its weights hold tensors that the search space does not have",
                    "They belong to another search space");
    weights_ = weights;
}

arch::Model Supernet::specialise(const Network& network, std::span<const float> images) const {
    const auto pooled = calibrate(network, weights_, images, input_);
    arch::Model model{network, {}};
    for (const Layer& layer : network.layers) {
        if (layer.inputs.empty())
            continue;
        const int input = network.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels;
        if (layer.op == Op::Conv || layer.op == Op::Linear || layer.op == Op::BatchNorm)
            model.weights[layer.name + ".weight"] = ownWeight(weights_, layer, input);
        if (layer.bias || layer.op == Op::BatchNorm)
            model.weights[layer.name + ".bias"] =
                firstOf(weights_.at(layer.name + ".bias"), layer.output.channels, 0);
        if (layer.op == Op::BatchNorm) {
            model.weights[layer.name + ".running_mean"] = pooled.at(layer.name).mean();
            model.weights[layer.name + ".running_var"] = pooled.at(layer.name).variance();
        }
    }
    return model;
}

std::vector<float> Supernet::trainingLogits(const Network& network, std::span<const float> images) const {
    TrainingPass pass(weights_);
    const auto logits = pass.forward(network, images);
    return {logits.begin(), logits.end()};
}

} // namespace greenfront::nn
