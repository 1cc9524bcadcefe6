// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/ridge.h"

#include <cassert>
#include <cmath>

namespace greenfront::device {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// In place to its lower Cholesky factor; the matrix is symmetric and positive definite.
void decompose(Matrix& a) {
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = a[i][j];
            for (std::size_t k = 0; k < j; ++k)
                sum -= a[i][k] * a[j][k];
            a[i][j] = i == j ? std::sqrt(sum) : sum / a[j][j];
        }
}

std::vector<double> solve(const Matrix& factor, std::vector<double> b) {
    const std::size_t n = factor.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t k = 0; k < i; ++k)
            b[i] -= factor[i][k] * b[k];
        b[i] /= factor[i][i];
    }
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t k = i + 1; k < n; ++k)
            b[i] -= factor[k][i] * b[k];
        b[i] /= factor[i][i];
    }
    return b;
}

} // namespace

std::vector<double> ridge(std::span<const std::vector<double>> rows, std::span<const double> targets,
                          double strength) {
    assert(!rows.empty() && rows.size() == targets.size() && strength > 0);
    const std::size_t n = rows.front().size();
    Matrix normal(n, std::vector<double>(n, 0.0));
    std::vector<double> right(n, 0.0);
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (std::size_t i = 0; i < n; ++i) {
            right[i] += rows[r][i] * targets[r];
            for (std::size_t j = 0; j <= i; ++j)
                normal[i][j] += rows[r][i] * rows[r][j];
        }
    for (std::size_t i = 1; i < n; ++i)
        normal[i][i] += strength;
    decompose(normal);
    return solve(normal, std::move(right));
}

} // namespace greenfront::device
