// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"

#include <cstddef>
#include <span>
#include <vector>

namespace greenfront::search {

using Point = std::vector<double>; ///< one value an objective

/// a is at least as good everywhere and better somewhere. Equal points do not dominate each other.
bool dominates(std::span<const double> a, std::span<const double> b, std::span<const Direction> directions);
/// Ranks from 0 (the front). Points with a NaN rank behind all others. O(n log n) for two objectives, O(m
/// n^2) beyond.
std::vector<int> nonDominatedRanks(std::span<const Point> points, std::span<const Direction> directions);
/// Indices of rank 0, ascending in the first objective.
std::vector<std::size_t> paretoFront(std::span<const Point> points, std::span<const Direction> directions);
/// Crowding distance (Deb et al. 2002) within one rank; infinite at the ends.
std::vector<double> crowdingDistances(std::span<const Point> points);
/// The area between a reference point and the front, two objectives; points that do not improve on it add
/// nothing.
double hypervolume2d(std::span<const Point> points, std::span<const Direction> directions,
                     const Point& reference);

} // namespace greenfront::search
