// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::nn {

/// A row-major matrix somewhere in memory: element (r, c) is data[r * stride + c].
struct MatrixView {
    const float* data;
    std::size_t rows, columns, stride;
};

enum class Result { Overwrite, Add };

/// From now on OpenBLAS works on the calling thread alone, for LibTorch's operators too: shards already keep
/// every core busy, and threads of its own would wait for each other.
void keepProductsSingleThreaded();

// Products of dense matrices by OpenBLAS on the calling thread alone, or by LibTorch where that is missing.

/// c [a.rows, b.columns] = a b
void multiply(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride, Result result);
/// c [a.rows, b.rows] = a b^T
void multiplyTransposed(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                        Result result);
/// c [a.columns, b.columns] = a^T b
void multiplyTransposing(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                         Result result);

} // namespace greenfront::nn
