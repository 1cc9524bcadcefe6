// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::nn {

// What squeeze and excite (Hu et al. 2018) does to one sample's rows [rows][channels], the linear layers
// between its mean and its gate left out.

/// sum[c] += factor * x[row][c]
void addRows(const float* x, std::size_t rows, std::size_t channels, float factor, float* sum);
/// sum[c] += x[row][c] * y[row][c]
void addProducts(const float* x, const float* y, std::size_t rows, std::size_t channels, float* sum);
/// x[row][c] *= gate[c]
void applyGate(float* x, std::size_t rows, std::size_t channels, const float* gate);
/// A gradient behind the gate becomes the one in front of it: grad[row][c] = grad[row][c] * gate[c] +
/// pooled[c], where pooled comes through the mean.
void throughGate(float* grad, std::size_t rows, std::size_t channels, const float* gate, const float* pooled);

} // namespace greenfront::nn
