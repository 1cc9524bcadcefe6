// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_options.h"

namespace greenfront::train {

StepOptions stepOptions(const Json& parameters) {
    return {.labelSmoothing = parameters.at("label_smoothing").get<double>(),
            .distillation = parameters.at("distillation") == "alpha-divergence"
                                ? Distillation::AlphaDivergence
                                : Distillation::CrossEntropy,
            .teacherWeight = parameters.at("teacher_weight").get<double>(),
            .compute = parameters.at("compute").get<std::string>()};
}

std::unique_ptr<Optimiser> optimiserFor(const arch::Weights& weights, const Json& parameters) {
    const double decay = parameters.at("weight_decay").get<double>();
    if (parameters.at("optimiser") == "adamw")
        return makeAdamW(weights, {.weightDecay = decay});
    return makeSgd(weights, {.weightDecay = decay});
}

arch::Weights withPrefix(const arch::Weights& all, const std::string& prefix) {
    arch::Weights some;
    for (const auto& [name, tensor] : all)
        if (name.starts_with(prefix))
            some.emplace(name.substr(prefix.size()), tensor);
    return some;
}

void addWithPrefix(arch::Weights& all, const std::string& prefix, const arch::Weights& some) {
    for (const auto& [name, tensor] : some)
        all.emplace(prefix + name, tensor);
}

} // namespace greenfront::train
