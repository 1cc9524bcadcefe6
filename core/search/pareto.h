// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"

#include <cstddef>
#include <span>
#include <vector>

namespace greenfront::search {

/// One value an objective. NaN means that there is none: what has no value is worse than what has.
using Point = std::vector<double>;

/// Every objective to be minimised; twice it is as before.
Point minimised(std::span<const double> point, std::span<const Direction> directions);
/// a is at least as good everywhere and better somewhere. Equal points do not dominate each other. A point
/// with a NaN dominates nothing, and every point without dominates it.
bool dominates(std::span<const double> a, std::span<const double> b, std::span<const Direction> directions);
/// Ranks from 0 (the front): the rank is the length of the longest chain of points that dominate each other
/// above it. Points with a NaN rank together behind all others. O(n log n) for two objectives, O(n log^2 n)
/// for three, O(m n^2) beyond.
std::vector<int> nonDominatedRanks(std::span<const Point> points, std::span<const Direction> directions);
/// Indices of the points that no other dominates, ascending in the first objective, then in the others. Equal
/// points are all in it, points with a NaN never.
std::vector<std::size_t> paretoFront(std::span<const Point> points, std::span<const Direction> directions);
/// The worst value of each objective among the points without a NaN; empty where there are none.
Point worstOf(std::span<const Point> points, std::span<const Direction> directions);
/// Crowding distance (Deb et al. 2002) within one rank; infinite at the ends, 0 for points with a NaN.
std::vector<double> crowdingDistances(std::span<const Point> points);

} // namespace greenfront::search
