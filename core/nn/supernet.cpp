// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/supernet.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/nn/executor_torch.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet_torch.h"

#include <cmath>

namespace greenfront::nn {
namespace {

using arch::Layer;
using arch::Network;
using arch::Op;
using torch::Tensor;

Tensor normalTensor(const std::vector<int64_t>& shape, double deviation, Rng& rng) {
    Tensor tensor = torch::empty(shape);
    auto* data = tensor.data_ptr<float>();
    for (int64_t i = 0; i < tensor.numel(); ++i)
        data[i] = static_cast<float>(deviation * rng.normal());
    return tensor;
}

void initialise(nn::Tensors& all, const Layer& layer, int inputChannels, Rng& rng) {
    const int64_t out = layer.output.channels;
    if (layer.op == Op::Conv) {
        const double fanOut =
            static_cast<double>(layer.kernel) * layer.kernel * static_cast<double>(out) / layer.groups;
        all[layer.name + ".weight"] = normalTensor(
            {out, inputChannels / layer.groups, layer.kernel, layer.kernel}, std::sqrt(2.0 / fanOut), rng);
        for (int from = layer.kernel; from > 3; from -= 2)
            all[kernelMatrixName(layer.name, from)] = torch::eye(int64_t{from - 2} * (from - 2));
    } else if (layer.op == Op::BatchNorm) {
        all[layer.name + ".weight"] = torch::ones({out});
    } else if (layer.op == Op::Linear) {
        all[layer.name + ".weight"] = normalTensor({out, inputChannels}, 0.01, rng);
    }
    if (layer.bias || layer.op == Op::BatchNorm)
        all[layer.name + ".bias"] = torch::zeros({out});
}

/// Statistics of a batch norm pooled over batches of different sizes.
struct Pooled {
    Tensor sum, squares;
    double count = 0;

    void add(const Tensor& mean, const Tensor& variance, double samples) {
        const Tensor m = mean.to(torch::kDouble);
        add({m * samples, (variance.to(torch::kDouble) + m * m) * samples, samples});
    }
    void add(const Pooled& other) {
        sum = count > 0 ? sum + other.sum : other.sum;
        squares = count > 0 ? squares + other.squares : other.squares;
        count += other.count;
    }
    Tensor mean() const { return sum / count; }
    Tensor variance() const { return (squares / count - mean() * mean()).clamp_min(0); }
};

using Statistics = std::map<std::string, Pooled>;

Statistics statisticsOf(const Network& network, const nn::Tensors& all, std::span<const float> images) {
    const torch::NoGradGuard noGrad; // this holds for one thread only
    Statistics statistics;
    ExecuteOptions options{.training = true, .onMoments = {}};
    options.onMoments = [&](const std::string& layer, const BatchMoments& moments) {
        statistics[layer].add(moments.mean, moments.variance, static_cast<double>(images.size()));
    };
    execute(network, all, imagesToTorch(images, network.input()), options);
    return statistics;
}

Statistics calibrate(const Network& network, const nn::Tensors& all, std::span<const float> images) {
    constexpr std::size_t batch = 128;
    const std::size_t stride = batch * network.input().size();
    std::vector<Statistics> parts((images.size() + stride - 1) / stride);
    parallel(parts.size(), [&](std::size_t i) {
        const auto rest = images.subspan(i * stride);
        parts[i] = statisticsOf(network, all, rest.first(std::min(stride, rest.size())));
    });
    Statistics pooled = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i)
        for (const auto& [layer, statistics] : parts[i])
            pooled.at(layer).add(statistics);
    return pooled;
}

} // namespace

Supernet::Supernet(const Network& largest, std::uint64_t seed) : tensors_(std::make_unique<Tensors>()) {
    Rng rng(seed, 0);
    for (const Layer& layer : largest.layers)
        if (!layer.inputs.empty())
            initialise(tensors_->all, layer,
                       largest.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels, rng);
    for (auto& [name, tensor] : tensors_->all)
        tensor.set_requires_grad(true);
}

Supernet::Supernet(Supernet&&) noexcept = default;
Supernet& Supernet::operator=(Supernet&&) noexcept = default;
Supernet::~Supernet() = default;

arch::Weights Supernet::state() const {
    return fromTorch(tensors_->all);
}

void Supernet::setState(const arch::Weights& state) {
    const torch::NoGradGuard noGrad;
    for (auto& [name, tensor] : tensors_->all) {
        const auto found = state.find(name);
        if (found == state.end() || tensor.sizes() != at::IntArrayRef(found->second.shape))
            throw Error("load", "supernet", "its weights do not hold '" + name + "' in the right shape",
                        "They belong to another search space");
        tensor.copy_(toTorch(found->second));
    }
    if (state.size() != tensors_->all.size())
        throw Error("load", "supernet", "its weights hold tensors that the search space does not have",
                    "They belong to another search space");
}

arch::Model Supernet::specialise(const Network& network, std::span<const float> images) const {
    const torch::NoGradGuard noGrad;
    const auto pooled = calibrate(network, tensors_->all, images);
    arch::Model model{network, {}};
    for (const Layer& layer : network.layers) {
        const auto copy = [&](const char* suffix) {
            const int input = network.layers[static_cast<std::size_t>(layer.inputs[0])].output.channels;
            model.weights[layer.name + suffix] =
                fromTorch(elasticTensor(tensors_->all, layer, suffix, input));
        };
        if (layer.op == Op::Conv || layer.op == Op::Linear || layer.op == Op::BatchNorm)
            copy(".weight");
        if (layer.bias || layer.op == Op::BatchNorm)
            copy(".bias");
        if (layer.op == Op::BatchNorm) {
            const Pooled& statistics = pooled.at(layer.name);
            model.weights[layer.name + ".running_mean"] = fromTorch(statistics.mean().to(torch::kFloat));
            model.weights[layer.name + ".running_var"] = fromTorch(statistics.variance().to(torch::kFloat));
        }
    }
    return model;
}

std::vector<float> Supernet::trainingLogits(const Network& network, std::span<const float> images) const {
    const torch::NoGradGuard noGrad;
    const Tensor logits = execute(network, tensors_->all, imagesToTorch(images, network.input()),
                                  {.training = true, .onMoments = {}});
    return fromTorch(logits).values;
}

} // namespace greenfront::nn
