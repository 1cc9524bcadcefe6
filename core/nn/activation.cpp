// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/activation.h"

namespace greenfront::nn {
namespace {

template <Activation A>
GREENFRONT_INLINE void activateAll(const float* u, float* y, std::size_t count) {
#pragma omp simd
    for (std::size_t i = 0; i < count; ++i)
        y[i] = activated<A>(u[i]);
}

template <Activation A>
GREENFRONT_INLINE void slopeAll(const float* u, float* grad, std::size_t count) {
#pragma omp simd
    for (std::size_t i = 0; i < count; ++i)
        grad[i] *= slope<A>(u[i]);
}

} // namespace

GREENFRONT_SIMD
void activate(const float* u, float* y, std::size_t count, Activation activation) {
    switch (activation) {
    case Activation::None:
        return activateAll<Activation::None>(u, y, count);
    case Activation::Relu:
        return activateAll<Activation::Relu>(u, y, count);
    case Activation::HardSwish:
        return activateAll<Activation::HardSwish>(u, y, count);
    case Activation::HardSigmoid:
        return activateAll<Activation::HardSigmoid>(u, y, count);
    }
}

GREENFRONT_SIMD
void activationGradient(const float* u, float* grad, std::size_t count, Activation activation) {
    switch (activation) {
    case Activation::None:
        return;
    case Activation::Relu:
        return slopeAll<Activation::Relu>(u, grad, count);
    case Activation::HardSwish:
        return slopeAll<Activation::HardSwish>(u, grad, count);
    case Activation::HardSigmoid:
        return slopeAll<Activation::HardSigmoid>(u, grad, count);
    }
}

} // namespace greenfront::nn
