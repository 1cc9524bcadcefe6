// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/simd.h"

namespace greenfront::nn {

enum class Activation { None, Relu, HardSwish };

template <Activation A>
GREENFRONT_INLINE float activated(float u) {
    if constexpr (A == Activation::Relu)
        return u > 0.0F ? u : 0.0F;
    else if constexpr (A == Activation::HardSwish) {
        const float gate = u + 3.0F < 0.0F ? 0.0F : u + 3.0F > 6.0F ? 6.0F : u + 3.0F;
        return u * gate * (1.0F / 6.0F);
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
    } else
        return 1.0F;
}

} // namespace greenfront::nn
