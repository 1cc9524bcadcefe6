// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/transform.h"
#include "core/nn/executor_torch.h"
#include "core/nn/supernet.h"
#include "core/train/training_free.h"

#include <cmath>
#include <limits>

namespace greenfront::train {
namespace {

/// With its batch norms folded away as if they had seen mean 0 and variance 1.
arch::Model withoutNorms(const arch::Network& network, std::uint64_t seed) {
    const nn::Supernet initial(network, seed);
    arch::Model model{network, {}};
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        for (const auto& [name, shape] : arch::weightShapes(network, i)) {
            const auto found = initial.weights().find(name);
            if (found != initial.weights().end()) {
                model.weights.emplace(name, found->second);
                continue;
            }
            const float value = name.ends_with(".running_var") ? 1.0F : 0.0F;
            model.weights.emplace(
                name, arch::Tensor{shape, std::vector<float>(static_cast<std::size_t>(shape[0]), value)});
        }
    return arch::foldBatchNorm(std::move(model));
}

} // namespace

double synflow(const arch::Network& network, std::uint64_t seed) {
    const arch::Model model = withoutNorms(network, seed);
    nn::Tensors weights;
    for (const auto& [name, tensor] :
         model.weights) // the flow grows with every layer: beyond what floats hold
        weights.emplace(name, nn::toTorch(tensor).to(torch::kDouble).abs().requires_grad_(true));
    const Shape& input = model.network.input();
    const torch::Tensor ones = torch::ones({1, input.channels, input.height, input.width}, torch::kDouble);
    nn::execute(model.network, weights, ones, nn::Mode::Training).sum().backward();
    double flow = 0;
    for (const auto& [name, weight] : weights)
        if (weight.grad().defined())
            flow += (weight.detach() * weight.grad()).sum().item<double>();
    return std::log(flow);
}

double activationOverlap(const arch::Network& network, std::span<const float> images, std::uint64_t seed) {
    const torch::NoGradGuard inferring;
    const nn::Supernet initial(network, seed);
    nn::Tensors weights;
    for (const auto& [name, tensor] : initial.weights())
        weights.emplace(name, nn::toTorch(tensor));
    const torch::Tensor input = nn::imagesToTorch(images, network.input());
    torch::Tensor overlap = torch::zeros({input.size(0), input.size(0)}, torch::kDouble);
    nn::execute(network, weights, input, nn::Mode::Training,
                [&](std::size_t layer, const torch::Tensor& output) {
                    const arch::Op op = network.layers[layer].op;
                    if (op != arch::Op::Relu && op != arch::Op::HardSwish)
                        return;
                    const torch::Tensor on = output.flatten(1).gt(0).to(torch::kFloat);
                    const torch::Tensor off = 1 - on;
                    overlap += (on.matmul(on.t()) + off.matmul(off.t())).to(torch::kDouble);
                });
    const double logDeterminant = std::get<1>(at::linalg_slogdet(overlap)).item<double>();
    return std::isfinite(logDeterminant) ? logDeterminant : -std::numeric_limits<double>::infinity();
}

const std::vector<TrainingFreeScore>& trainingFreeScores() {
    static const std::vector<TrainingFreeScore> scores{
        {"SynFlow", "Tanaka et al. 2020, summed as in Abdelfattah et al. 2021"},
        {"activation overlap (NASWOT)", "Mellor et al. 2021"}};
    return scores;
}

} // namespace greenfront::train
