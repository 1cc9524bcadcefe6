// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace greenfront::train {
namespace {

bool decays(const std::string& name, const arch::Tensor& tensor) {
    return tensor.shape.size() > 1 && name.ends_with(".weight");
}

class Sgd final : public Optimiser {
public:
    Sgd(const arch::Weights& weights, const SgdOptions& options) : options_(options) {
        remember("momentum", weights);
    }

    void step(arch::Weights& weights, const nn::Gradients& gradients, double learningRate) override {
        const auto rate = static_cast<float>(learningRate);
        const auto keep = static_cast<float>(options_.momentum);
        for (auto& [name, tensor] : weights) {
            const std::span<const float> gradient = gradients.used(name);
            if (gradient.empty())
                continue;
            const auto decay = static_cast<float>(decays(name, tensor) ? options_.weightDecay : 0.0);
            std::vector<float>& momentum = memory_.at("momentum/" + name).values;
            for (std::size_t i = 0; i < gradient.size(); ++i) {
                const float g = gradient[i] + decay * tensor.values[i];
                momentum[i] = keep * momentum[i] + g;
                tensor.values[i] -= rate * (g + keep * momentum[i]);
            }
        }
    }

private:
    SgdOptions options_;
};

class AdamW final : public Optimiser {
public:
    AdamW(const arch::Weights& weights, const AdamWOptions& options) : options_(options) {
        remember("mean", weights);
        remember("square", weights);
        for (const auto& [name, tensor] : weights)
            memory_["steps/" + name] = {{1}, {0.0F}};
    }

    void step(arch::Weights& weights, const nn::Gradients& gradients, double learningRate) override {
        for (auto& [name, tensor] : weights) {
            const std::span<const float> gradient = gradients.used(name);
            if (gradient.empty())
                continue;
            float& steps = memory_.at("steps/" + name).values.front();
            steps += 1;
            const auto rate = static_cast<float>(learningRate / (1 - std::pow(options_.beta1, steps)));
            const auto scale = static_cast<float>(1 / std::sqrt(1 - std::pow(options_.beta2, steps)));
            const auto keep =
                static_cast<float>(1 - (decays(name, tensor) ? learningRate * options_.weightDecay : 0.0));
            const auto beta1 = static_cast<float>(options_.beta1);
            const auto beta2 = static_cast<float>(options_.beta2);
            const auto epsilon = static_cast<float>(options_.epsilon);
            std::vector<float>& mean = memory_.at("mean/" + name).values;
            std::vector<float>& square = memory_.at("square/" + name).values;
            for (std::size_t i = 0; i < gradient.size(); ++i) {
                const float g = gradient[i];
                mean[i] = beta1 * mean[i] + (1 - beta1) * g;
                square[i] = beta2 * square[i] + (1 - beta2) * g * g;
                tensor.values[i] =
                    keep * tensor.values[i] - rate * mean[i] / (std::sqrt(square[i]) * scale + epsilon);
            }
        }
    }

private:
    AdamWOptions options_;
};

} // namespace

void Optimiser::remember(const std::string& what, const arch::Weights& weights) {
    const std::string prefix = what + "/";
    for (const auto& [name, tensor] : weights)
        memory_[std::string(prefix).append(name)] = {tensor.shape, std::vector<float>(tensor.values.size())};
}

void Optimiser::setMemory(arch::Weights memory) {
    for (const auto& [name, tensor] : memory_) {
        const auto found = memory.find(name);
        if (found == memory.end() || found->second.shape != tensor.shape)
            throw Error("load", "checkpoint", "it has no '" + name + "'", "Start the run again");
    }
    memory_ = std::move(memory);
}

void Optimiser::restart() {
    for (auto& [name, tensor] : memory_)
        std::ranges::fill(tensor.values, 0.0F);
}

std::unique_ptr<Optimiser> makeSgd(const arch::Weights& weights, const SgdOptions& options) {
    return std::make_unique<Sgd>(weights, options);
}

std::unique_ptr<Optimiser> makeAdamW(const arch::Weights& weights, const AdamWOptions& options) {
    return std::make_unique<AdamW>(weights, options);
}

double clipNorm(nn::Gradients& gradients, double most) {
    const double norm = gradients.norm();
    if (norm > most)
        gradients.scale(most / norm);
    return norm;
}

double cosineLearningRate(double peak, std::size_t step, std::size_t warmUp, std::size_t steps) {
    if (step < warmUp)
        return peak * static_cast<double>(step + 1) / static_cast<double>(warmUp);
    const double done =
        static_cast<double>(step - warmUp) / static_cast<double>(std::max<std::size_t>(1, steps - warmUp));
    return peak * 0.5 * (1.0 + std::cos(std::numbers::pi * done));
}

} // namespace greenfront::train
