// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser_torch.h"

#include <cmath>
#include <numbers>

namespace greenfront::train {

Sgd::Sgd(nn::Tensors& parameters, SgdOptions options) : parameters_(parameters), options_(options) {
    for (const auto& [name, parameter] : parameters)
        momentum_.emplace(name, torch::zeros_like(parameter, at::MemoryFormat::Contiguous));
}

void Sgd::step(double learningRate) {
    const torch::NoGradGuard noGrad;
    for (auto& [name, parameter] : parameters_) {
        torch::Tensor gradient = parameter.grad();
        if (!gradient.defined())
            continue;
        const bool decays = parameter.dim() > 1 && name.ends_with(".weight");
        if (decays)
            gradient = gradient.add(parameter, options_.weightDecay);
        torch::Tensor& momentum = momentum_.at(name);
        momentum.mul_(options_.momentum).add_(gradient);
        parameter.add_(gradient, -learningRate).add_(momentum, -learningRate * options_.momentum);
    }
}

double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps) {
    if (step < warmUp)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmUp);
    const double done =
        static_cast<double>(step - warmUp) / static_cast<double>(std::max<std::size_t>(1, steps - warmUp));
    return peak * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

} // namespace greenfront::train
