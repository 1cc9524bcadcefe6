// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::nn {

// Batch norm over [rows][channels], fused with the ReLU that follows it. LibTorch does each as passes of its
// own, and its backward pass is slow for tensors in NHWC order. Each function works on rows first..last-1;
// sums are added to, so that a caller can split the rows and add the parts in a fixed order.

/// sum += x - origin, squares += (x - origin)^2. An origin from among the values keeps the variance free of
/// cancellation.
void channelMoments(const float* x, std::size_t first, std::size_t last, std::size_t channels,
                    const float* origin, double* sum, double* squares);

/// y = x * scale + shift, then ReLU if activate.
void scaleAndShift(const float* x, float* y, std::size_t first, std::size_t last, std::size_t channels,
                   const float* scale, const float* shift, bool activate);

/// With g = gradY where x * scale + shift > 0 (everywhere unless activate): sum += g, products += g * (x -
/// mean).
void gradientMoments(const float* x, const float* gradY, std::size_t first, std::size_t last,
                     std::size_t channels, const float* scale, const float* shift, const float* mean,
                     bool activate, double* sum, double* products);

/// gradX = a * g + b * x + c, with g as above.
void gradientInput(const float* x, const float* gradY, float* gradX, std::size_t first, std::size_t last,
                   std::size_t channels, const float* scale, const float* shift, bool activate,
                   const float* a, const float* b, const float* c);

} // namespace greenfront::nn
