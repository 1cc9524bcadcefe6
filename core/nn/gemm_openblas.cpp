// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/gemm.h"

#include <cblas.h>

namespace greenfront::nn {

void keepProductsSingleThreaded() {
    static const bool single = (openblas_set_num_threads(1), true);
    static_cast<void>(single);
}

namespace {

void call(CBLAS_TRANSPOSE transA, CBLAS_TRANSPOSE transB, std::size_t rows, std::size_t columns,
          std::size_t inner, const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
          Result result) {
    keepProductsSingleThreaded();
    cblas_sgemm(CblasRowMajor, transA, transB, static_cast<blasint>(rows), static_cast<blasint>(columns),
                static_cast<blasint>(inner), 1.0F, a.data, static_cast<blasint>(a.stride), b.data,
                static_cast<blasint>(b.stride), result == Result::Add ? 1.0F : 0.0F, c,
                static_cast<blasint>(stride));
}

} // namespace

void multiply(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride, Result result) {
    call(CblasNoTrans, CblasNoTrans, a.rows, b.columns, a.columns, a, b, c, stride, result);
}

void multiplyTransposed(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                        Result result) {
    call(CblasNoTrans, CblasTrans, a.rows, b.rows, a.columns, a, b, c, stride, result);
}

void multiplyTransposing(const MatrixView& a, const MatrixView& b, float* c, std::size_t stride,
                         Result result) {
    call(CblasTrans, CblasNoTrans, a.columns, b.columns, a.rows, a, b, c, stride, result);
}

} // namespace greenfront::nn
