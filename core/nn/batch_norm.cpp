// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/batch_norm.h"

#include "core/nn/simd.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace greenfront::nn {
namespace {

// Sums stay in single precision for this many rows, then go into the double ones: fast, and exact enough.
constexpr std::size_t stretch = 64;

void addAndClear(std::vector<float>& part, double* sum) {
    for (std::size_t c = 0; c < part.size(); ++c)
        sum[c] += part[c];
    std::ranges::fill(part, 0.0F);
}

} // namespace

GREENFRONT_SIMD
void channelMoments(const float* x, std::size_t first, std::size_t last, std::size_t channels,
                    const float* origin, double* sum, double* squares) {
    std::vector<float> partSum(channels);
    std::vector<float> partSquares(channels);
    float* s = partSum.data();
    float* q = partSquares.data();
    for (std::size_t row = first; row < last;) {
        const std::size_t end = std::min(last, row + stretch);
        for (; row < end; ++row) {
            const float* in = x + row * channels;
#pragma omp simd
            for (std::size_t c = 0; c < channels; ++c) {
                const float d = in[c] - origin[c];
                s[c] += d;
                q[c] += d * d;
            }
        }
        addAndClear(partSum, sum);
        addAndClear(partSquares, squares);
    }
}

GREENFRONT_SIMD
void scaleAndShift(const float* x, float* y, std::size_t first, std::size_t last, std::size_t channels,
                   const float* scale, const float* shift, bool activate) {
    const float floor = activate ? 0.0F : -std::numeric_limits<float>::infinity();
    for (std::size_t row = first; row < last; ++row) {
        const float* in = x + row * channels;
        float* out = y + row * channels;
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c) {
            const float value = in[c] * scale[c] + shift[c];
            out[c] = value > floor ? value : floor;
        }
    }
}

GREENFRONT_SIMD
void gradientMoments(const float* x, const float* gradY, std::size_t first, std::size_t last,
                     std::size_t channels, const float* scale, const float* shift, const float* mean,
                     bool activate, double* sum, double* products) {
    const float floor = activate ? 0.0F : -std::numeric_limits<float>::infinity();
    std::vector<float> partSum(channels);
    std::vector<float> partProducts(channels);
    float* s = partSum.data();
    float* p = partProducts.data();
    for (std::size_t row = first; row < last;) {
        const std::size_t end = std::min(last, row + stretch);
        for (; row < end; ++row) {
            const float* in = x + row * channels;
            const float* grad = gradY + row * channels;
#pragma omp simd
            for (std::size_t c = 0; c < channels; ++c) {
                const float g = in[c] * scale[c] + shift[c] > floor ? grad[c] : 0.0F;
                s[c] += g;
                p[c] += g * (in[c] - mean[c]);
            }
        }
        addAndClear(partSum, sum);
        addAndClear(partProducts, products);
    }
}

GREENFRONT_SIMD
void gradientInput(const float* x, const float* gradY, float* gradX, std::size_t first, std::size_t last,
                   std::size_t channels, const float* scale, const float* shift, bool activate,
                   const float* a, const float* b, const float* c) {
    const float floor = activate ? 0.0F : -std::numeric_limits<float>::infinity();
    for (std::size_t row = first; row < last; ++row) {
        const float* in = x + row * channels;
        const float* grad = gradY + row * channels;
        float* out = gradX + row * channels;
#pragma omp simd
        for (std::size_t i = 0; i < channels; ++i) {
            const float g = in[i] * scale[i] + shift[i] > floor ? grad[i] : 0.0F;
            out[i] = a[i] * g + b[i] * in[i] + c[i];
        }
    }
}

} // namespace greenfront::nn
