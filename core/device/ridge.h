// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

namespace greenfront::device {

/// Weights w that make the sum of (y - x.w)^2 + strength |w without its first|^2 least (ridge regression,
/// Hoerl and Kennard 1970), by the normal equations and a Cholesky decomposition. rows: as many numbers each,
/// the first of them 1. Where rows are few or alike the strength keeps the answer finite; it has to be above
/// 0.
std::vector<double> ridge(std::span<const std::vector<double>> rows, std::span<const double> targets,
                          double strength);

} // namespace greenfront::device
