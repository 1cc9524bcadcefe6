// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace greenfront::train {

Sgd::Sgd(arch::Weights weights, SgdOptions options) : momentum_(std::move(weights)), options_(options) {
    for (auto& [name, tensor] : momentum_)
        std::ranges::fill(tensor.values, 0.0F);
}

void Sgd::step(arch::Weights& weights, const nn::Gradients& gradients, double learningRate) {
    const auto rate = static_cast<float>(learningRate);
    const auto keep = static_cast<float>(options_.momentum);
    for (auto& [name, tensor] : weights) {
        const std::span<const float> gradient = gradients.used(name);
        const bool decays = tensor.shape.size() > 1 && name.ends_with(".weight");
        const auto decay = static_cast<float>(decays ? options_.weightDecay : 0.0);
        std::vector<float>& momentum = momentum_.at(name).values;
        for (std::size_t i = 0; i < gradient.size(); ++i) {
            const float g = gradient[i] + decay * tensor.values[i];
            momentum[i] = keep * momentum[i] + g;
            tensor.values[i] -= rate * (g + keep * momentum[i]);
        }
    }
}

void Sgd::setMomentum(arch::Weights momentum) {
    for (const auto& [name, tensor] : momentum_) {
        const auto found = momentum.find(name);
        if (found == momentum.end() || found->second.shape != tensor.shape)
            throw Error("load", "checkpoint", "it has no momentum for '" + name + "'", "Start the run again");
    }
    momentum_ = std::move(momentum);
}

double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps) {
    if (step < warmUp)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmUp);
    const double done =
        static_cast<double>(step - warmUp) / static_cast<double>(std::max<std::size_t>(1, steps - warmUp));
    return peak * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

} // namespace greenfront::train
