// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

namespace greenfront {

/// Ranks from 1, of equal values the mean of theirs.
std::vector<double> ranksOf(std::span<const double> values);
/// Spearman's rank correlation, -1 to 1; 0 where one of the two does not vary. As many of both.
double rankCorrelation(std::span<const double> first, std::span<const double> second);
/// Root of the mean square.
double rootMeanSquare(std::span<const double> values);
/// The one in the middle, or the mean of the two there; of at least one value.
double medianOf(std::vector<double> values);
/// The smallest of the values that at least this share of them does not exceed; of at least one value.
double quantileOf(std::vector<double> values, double share);

} // namespace greenfront
