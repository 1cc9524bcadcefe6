// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/gate.h"

#include "core/base/simd.h"

namespace greenfront::nn {

GREENFRONT_SIMD
void addRows(const float* x, std::size_t rows, std::size_t channels, float factor, float* sum) {
    for (std::size_t row = 0; row < rows; ++row, x += channels) {
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c)
            sum[c] += factor * x[c];
    }
}

GREENFRONT_SIMD
void addProducts(const float* x, const float* y, std::size_t rows, std::size_t channels, float* sum) {
    for (std::size_t row = 0; row < rows; ++row, x += channels, y += channels) {
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c)
            sum[c] += x[c] * y[c];
    }
}

GREENFRONT_SIMD
void applyGate(float* x, std::size_t rows, std::size_t channels, const float* gate) {
    for (std::size_t row = 0; row < rows; ++row, x += channels) {
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c)
            x[c] *= gate[c];
    }
}

GREENFRONT_SIMD
void throughGate(float* grad, std::size_t rows, std::size_t channels, const float* gate,
                 const float* pooled) {
    for (std::size_t row = 0; row < rows; ++row, grad += channels) {
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c)
            grad[c] = grad[c] * gate[c] + pooled[c];
    }
}

} // namespace greenfront::nn
