// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/weights.h"

#include <map>
#include <string>
#include <vector>

namespace greenfront::nn {

/// Sums of gradients, one of each shared tensor, in its layout.
class Gradients {
public:
    Gradients() = default;
    explicit Gradients(const arch::Weights& weights);

    /// To be added to; marks the tensor as used.
    float* of(const std::string& name);
    /// Empty where nothing used the tensor since the last clear().
    std::span<const float> used(const std::string& name) const;
    void add(const Gradients& other);
    void clear();
    /// Of all that was used since the last clear(), as one vector.
    double norm() const;
    void scale(double factor);

private:
    struct Sum {
        std::vector<float> values;
        bool used = false;
    };
    std::map<std::string, Sum> sums_;
};

} // namespace greenfront::nn
