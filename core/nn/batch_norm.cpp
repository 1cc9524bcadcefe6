// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/batch_norm.h"

#include <algorithm>
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

template <Activation A>
GREENFRONT_INLINE void normaliseRows(const float* x, float* y, std::size_t rows, std::size_t channels,
                                     const float* scale, const float* shift, const float* residual) {
    for (std::size_t row = 0; row < rows; ++row, x += channels, y += channels) {
#pragma omp simd
        for (std::size_t c = 0; c < channels; ++c)
            y[c] = activated<A>(x[c] * scale[c] + shift[c]);
        if (residual) {
#pragma omp simd
            for (std::size_t c = 0; c < channels; ++c)
                y[c] += residual[c];
            residual += channels;
        }
    }
}

template <Activation A>
GREENFRONT_INLINE void gradientMomentsOf(const float* x, const float* gradY, std::size_t rows,
                                         std::size_t channels, const float* scale, const float* shift,
                                         const float* mean, double* sum, double* products) {
    std::vector<float> partSum(channels);
    std::vector<float> partProducts(channels);
    float* s = partSum.data();
    float* p = partProducts.data();
    for (std::size_t row = 0; row < rows;) {
        const std::size_t end = std::min(rows, row + stretch);
        for (; row < end; ++row, x += channels, gradY += channels) {
#pragma omp simd
            for (std::size_t c = 0; c < channels; ++c) {
                const float g = gradY[c] * slope<A>(x[c] * scale[c] + shift[c]);
                s[c] += g;
                p[c] += g * (x[c] - mean[c]);
            }
        }
        addAndClear(partSum, sum);
        addAndClear(partProducts, products);
    }
}

template <Activation A>
GREENFRONT_INLINE void gradientInputOf(const float* x, const float* gradY, float* gradX, std::size_t rows,
                                       std::size_t channels, const float* scale, const float* shift,
                                       const float* a, const float* b, const float* c) {
    for (std::size_t row = 0; row < rows; ++row, x += channels, gradY += channels, gradX += channels) {
#pragma omp simd
        for (std::size_t i = 0; i < channels; ++i) {
            const float g = gradY[i] * slope<A>(x[i] * scale[i] + shift[i]);
            gradX[i] = a[i] * g + b[i] * x[i] + c[i];
        }
    }
}

} // namespace

GREENFRONT_SIMD
void channelMoments(const float* x, std::size_t rows, std::size_t channels, const float* origin, double* sum,
                    double* squares) {
    std::vector<float> partSum(channels);
    std::vector<float> partSquares(channels);
    float* s = partSum.data();
    float* q = partSquares.data();
    for (std::size_t row = 0; row < rows;) {
        const std::size_t end = std::min(rows, row + stretch);
        for (; row < end; ++row, x += channels) {
#pragma omp simd
            for (std::size_t c = 0; c < channels; ++c) {
                const float d = x[c] - origin[c];
                s[c] += d;
                q[c] += d * d;
            }
        }
        addAndClear(partSum, sum);
        addAndClear(partSquares, squares);
    }
}

GREENFRONT_SIMD
void normalise(const float* x, float* y, std::size_t rows, std::size_t channels, const float* scale,
               const float* shift, Activation activation, const float* residual) {
    switch (activation) {
    case Activation::None:
        return normaliseRows<Activation::None>(x, y, rows, channels, scale, shift, residual);
    case Activation::Relu:
        return normaliseRows<Activation::Relu>(x, y, rows, channels, scale, shift, residual);
    case Activation::HardSwish:
        return normaliseRows<Activation::HardSwish>(x, y, rows, channels, scale, shift, residual);
    case Activation::HardSigmoid:
        return normaliseRows<Activation::HardSigmoid>(x, y, rows, channels, scale, shift, residual);
    }
}

GREENFRONT_SIMD
void gradientMoments(const float* x, const float* gradY, std::size_t rows, std::size_t channels,
                     const float* scale, const float* shift, const float* mean, Activation activation,
                     double* sum, double* products) {
    switch (activation) {
    case Activation::None:
        return gradientMomentsOf<Activation::None>(x, gradY, rows, channels, scale, shift, mean, sum,
                                                   products);
    case Activation::Relu:
        return gradientMomentsOf<Activation::Relu>(x, gradY, rows, channels, scale, shift, mean, sum,
                                                   products);
    case Activation::HardSwish:
        return gradientMomentsOf<Activation::HardSwish>(x, gradY, rows, channels, scale, shift, mean, sum,
                                                        products);
    case Activation::HardSigmoid:
        return gradientMomentsOf<Activation::HardSigmoid>(x, gradY, rows, channels, scale, shift, mean, sum,
                                                          products);
    }
}

GREENFRONT_SIMD
void gradientInput(const float* x, const float* gradY, float* gradX, std::size_t rows, std::size_t channels,
                   const float* scale, const float* shift, Activation activation, const float* a,
                   const float* b, const float* c) {
    switch (activation) {
    case Activation::None:
        return gradientInputOf<Activation::None>(x, gradY, gradX, rows, channels, scale, shift, a, b, c);
    case Activation::Relu:
        return gradientInputOf<Activation::Relu>(x, gradY, gradX, rows, channels, scale, shift, a, b, c);
    case Activation::HardSwish:
        return gradientInputOf<Activation::HardSwish>(x, gradY, gradX, rows, channels, scale, shift, a, b, c);
    case Activation::HardSigmoid:
        return gradientInputOf<Activation::HardSigmoid>(x, gradY, gradX, rows, channels, scale, shift, a, b,
                                                        c);
    }
}

} // namespace greenfront::nn
