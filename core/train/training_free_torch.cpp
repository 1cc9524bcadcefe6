// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/transform.h"
#include "core/nn/executor_torch.h"
#include "core/nn/supernet.h"
#include "core/train/training_free.h"

#include <bit>
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

double flowThrough(const arch::Model& model, torch::ScalarType type) {
    nn::Tensors weights;
    for (const auto& [name, tensor] : model.weights)
        weights.emplace(name, nn::toTorch(tensor).to(type).abs().requires_grad_(true));
    const Shape& input = model.network.input();
    const torch::Tensor ones = torch::ones({1, input.channels, input.height, input.width}, type);
    nn::execute(model.network, weights, ones, nn::Mode::Training).sum().backward();
    double flow = 0;
    for (const auto& [name, weight] : weights)
        if (weight.grad().defined())
            flow += (weight.detach() * weight.grad()).sum().item<double>();
    return flow;
}

/// Adds for each two images on how many units they agree. As bits, because a product of matrices takes longer
/// than all of the network's layers.
void addAgreement(const torch::Tensor& output, torch::Tensor& overlap) {
    const bool dense = output.is_contiguous() || output.is_contiguous(at::MemoryFormat::ChannelsLast);
    const torch::Tensor values = dense ? output : output.contiguous(); // one image behind the other
    const auto images = static_cast<std::size_t>(values.size(0));
    const auto units = static_cast<std::size_t>(values.numel()) / images;
    const std::size_t words = (units + 63) / 64;
    std::vector<std::uint64_t> codes(images * words);
    for (std::size_t image = 0; image < images; ++image) {
        const float* from = values.data_ptr<float>() + image * units;
        for (std::size_t unit = 0; unit < units; ++unit)
            codes[image * words + unit / 64] |= std::uint64_t{from[unit] > 0} << (unit % 64);
    }
    auto* sums = overlap.data_ptr<double>();
    for (std::size_t a = 0; a < images; ++a)
        for (std::size_t b = 0; b <= a; ++b) {
            int differ = 0;
            for (std::size_t word = 0; word < words; ++word)
                differ += std::popcount(codes[a * words + word] ^ codes[b * words + word]);
            const double agree = static_cast<double>(units) - differ;
            sums[a * images + b] += agree;
            if (a != b)
                sums[b * images + a] += agree;
        }
}

} // namespace

double synflow(const arch::Network& network, std::uint64_t seed) {
    const arch::Model model = withoutNorms(network, seed);
    const double flow = flowThrough(model, torch::kFloat);
    // It grows with every layer: of deep networks beyond what floats hold. Doubles take several times as
    // long.
    return std::log(std::isfinite(flow) ? flow : flowThrough(model, torch::kDouble));
}

double activationOverlap(const arch::Network& network, std::span<const float> images, std::uint64_t seed) {
    // With the images' own statistics; the operators for inference are the fast ones.
    const arch::Model model = nn::Supernet(network, seed).specialise(network, images);
    const c10::InferenceMode inference;
    nn::Tensors weights;
    for (const auto& [name, tensor] : model.weights)
        weights.emplace(name, nn::toTorch(tensor));
    const torch::Tensor input = nn::imagesToTorch(images, network.input());
    torch::Tensor overlap = torch::zeros({input.size(0), input.size(0)}, torch::kDouble);
    nn::execute(network, weights, input, nn::Mode::Inference,
                [&](std::size_t layer, const torch::Tensor& output) {
                    const arch::Op op = network.layers[layer].op;
                    if (op == arch::Op::Relu || op == arch::Op::HardSwish)
                        addAgreement(output, overlap);
                });
    const auto logDeterminant = std::get<1>(at::linalg_slogdet(overlap)).item<double>();
    return std::isfinite(logDeterminant) ? logDeterminant : -std::numeric_limits<double>::infinity();
}

const std::vector<TrainingFreeScore>& trainingFreeScores() {
    static const std::vector<TrainingFreeScore> scores{
        {"SynFlow", "Tanaka et al. 2020, summed as in Abdelfattah et al. 2021"},
        {"activation overlap (NASWOT)", "Mellor et al. 2021"}};
    return scores;
}

} // namespace greenfront::train
