// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/shape.h"

#include <cstddef>

namespace greenfront::nn {

/// A dense convolution with zero padding kernel / 2, as a product of matrices.
struct ColumnShape {
    Shape in, out;
    int kernel = 3, stride = 1;
};

/// columns [samples * out pixels][kernel * kernel][in channels], taps row by row, of input
/// [samples][height][width][channels].
void imagesToColumns(const ColumnShape& shape, std::size_t samples, const float* input, float* columns);

/// The adjoint: writes the sums of the columns into gradInput.
void columnsToImages(const ColumnShape& shape, std::size_t samples, const float* columns, float* gradInput);

} // namespace greenfront::nn
