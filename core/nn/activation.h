// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/simd.h"

#include <cstddef>

namespace greenfront::nn {

enum class Activation { None, Relu, HardSwish, HardSigmoid };

template <Activation A>
GREENFRONT_INLINE float activated(float u) {
    if constexpr (A == Activation::Relu)
        return u > 0.0F ? u : 0.0F;
    else if constexpr (A == Activation::HardSwish) {
        const float gate = u + 3.0F < 0.0F ? 0.0F : u + 3.0F > 6.0F ? 6.0F : u + 3.0F;
        return u * gate * (1.0F / 6.0F);
    } else if constexpr (A == Activation::HardSigmoid) {
        const float gate = u + 3.0F < 0.0F ? 0.0F : u + 3.0F > 6.0F ? 6.0F : u + 3.0F;
        return gate * (1.0F / 6.0F);
    } else
        return u;
}

/// d activated / du
template <Activation A>
GREENFRONT_INLINE float slope(float u) {
    if constexpr (A == Activation::Relu)
        return u > 0.0F ? 1.0F : 0.0F;
    else if constexpr (A == Activation::HardSwish) {
        const float between = (2.0F * u + 3.0F) * (1.0F / 6.0F);
        return u <= -3.0F ? 0.0F : u >= 3.0F ? 1.0F : between;
    } else if constexpr (A == Activation::HardSigmoid)
        return u > -3.0F && u < 3.0F ? 1.0F / 6.0F : 0.0F;
    else
        return 1.0F;
}

/// y[i] = activated(u[i])
void activate(const float* u, float* y, std::size_t count, Activation activation);
/// grad[i] *= slope(u[i])
void activationGradient(const float* u, float* grad, std::size_t count, Activation activation);

} // namespace greenfront::nn
