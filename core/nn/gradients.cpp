// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/gradients.h"

#include <algorithm>
#include <cmath>

namespace greenfront::nn {

Gradients::Gradients(const arch::Weights& weights) {
    for (const auto& [name, tensor] : weights)
        sums_[name].values.resize(tensor.values.size());
}

float* Gradients::of(const std::string& name) {
    Sum& sum = sums_.at(name);
    sum.used = true;
    return sum.values.data();
}

std::span<const float> Gradients::used(const std::string& name) const {
    const Sum& sum = sums_.at(name);
    return sum.used ? std::span(sum.values) : std::span<const float>();
}

void Gradients::add(const Gradients& other) {
    for (auto& [name, sum] : sums_) {
        const std::span<const float> values = other.used(name);
        std::transform(values.begin(), values.end(), sum.values.begin(), sum.values.begin(), std::plus<>());
        sum.used = sum.used || !values.empty();
    }
}

void Gradients::clear() {
    for (auto& [name, sum] : sums_)
        if (sum.used) {
            std::ranges::fill(sum.values, 0.0F);
            sum.used = false;
        }
}

double Gradients::norm() const {
    double squares = 0;
    for (const auto& [name, sum] : sums_)
        if (sum.used)
            for (const float value : sum.values)
                squares += static_cast<double>(value) * value;
    return std::sqrt(squares);
}

void Gradients::scale(double factor) {
    for (auto& [name, sum] : sums_)
        if (sum.used)
            for (float& value : sum.values)
                value = static_cast<float>(factor * value);
}

} // namespace greenfront::nn
