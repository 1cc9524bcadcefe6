// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/nn/activation.h"

#include <cstddef>

namespace greenfront::nn {

// Batch norm over [rows][channels], fused with the activation behind it. Each function works on rows 0..rows
// - 1 from the pointers it is given, so that a caller can do a part while it is in the cache; sums are added
// to.

/// sum += x - origin, squares += (x - origin)^2. An origin from among the values keeps the variance free of
/// cancellation.
void channelMoments(const float* x, std::size_t rows, std::size_t channels, const float* origin, double* sum,
                    double* squares);

/// y = activation(x * scale + shift) + residual; residual may be null.
void normalise(const float* x, float* y, std::size_t rows, std::size_t channels, const float* scale,
               const float* shift, Activation activation, const float* residual = nullptr);

/// With g = gradY * activation'(x * scale + shift): sum += g, products += g * (x - mean).
void gradientMoments(const float* x, const float* gradY, std::size_t rows, std::size_t channels,
                     const float* scale, const float* shift, const float* mean, Activation activation,
                     double* sum, double* products);

/// gradX = a * g + b * x + c, with g as above.
void gradientInput(const float* x, const float* gradY, float* gradX, std::size_t rows, std::size_t channels,
                   const float* scale, const float* shift, Activation activation, const float* a,
                   const float* b, const float* c);

} // namespace greenfront::nn
