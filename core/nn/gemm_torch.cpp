// SPDX-License-Identifier: GPL-3.0-or-later
// Where OpenBLAS's headers are missing: the same products by LibTorch, slower for small matrices.
#include "core/nn/gemm.h"

#include <torch/torch.h>

namespace greenfront::nn {

void keepProductsSingleThreaded() {} // LibTorch's own setting does it

namespace {

torch::Tensor tensorOf(const float* data, std::size_t rows, std::size_t columns, std::size_t stride) {
    return torch::from_blob(const_cast<float*>(data),
                            {static_cast<int64_t>(rows), static_cast<int64_t>(columns)},
                            {static_cast<int64_t>(stride), 1});
}

torch::Tensor tensorOf(const MatrixView& matrix) {
    return tensorOf(matrix.data, matrix.rows, matrix.columns, matrix.stride);
}

void product(const torch::Tensor& a, const torch::Tensor& b, float* c, std::size_t stride, Result result) {
    const torch::NoGradGuard noGrad;
    torch::Tensor sum =
        tensorOf(c, static_cast<std::size_t>(a.size(0)), static_cast<std::size_t>(b.size(1)), stride);
    if (result == Result::Add)
        sum.addmm_(a, b);
    else
        torch::mm_out(sum, a, b);
}

} // namespace

void multiply(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride, Result result) {
    product(tensorOf(a), tensorOf(b), c, stride, result);
}

void multiplyTransposed(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                        Result result) {
    product(tensorOf(a), tensorOf(b).t(), c, stride, result);
}

void multiplyTransposing(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                         Result result) {
    product(tensorOf(a).t(), tensorOf(b), c, stride, result);
}

} // namespace greenfront::nn
