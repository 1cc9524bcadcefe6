// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/pareto.h"

namespace greenfront::search {

/// The empirical attainment function (Grunert da Fonseca et al. 2001): the share of the repeats that found a
/// point at least as good as the goal in every objective. 0 without repeats.
double attainedShare(std::span<const std::vector<Point>> repeats, std::span<const Direction> directions,
                     std::span<const double> goal);

/// For two objectives, the corners of what at least `least` repeats attained, from the best value of the
/// first objective on: 1 for what any of them did, their number for what all did. Empty where `least` is 0 or
/// fewer repeats found anything. Points with a NaN do not count. O(N (log N + repeats)) for N points in all.
std::vector<Point> attainmentSurface(std::span<const std::vector<Point>> repeats,
                                     std::span<const Direction> directions, std::size_t least);

/// What one, half and all of the repeats attained.
struct AttainmentLevels {
    std::vector<Point> best, median, worst;
};
AttainmentLevels attainmentLevels(std::span<const std::vector<Point>> repeats,
                                  std::span<const Direction> directions);

} // namespace greenfront::search
