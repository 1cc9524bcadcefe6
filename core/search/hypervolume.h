// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/pareto.h"

namespace greenfront::search {

/// The volume that the points dominate up to the reference (Zitzler and Thiele 1998), in the product of the
/// objectives' units; exact up to rounding. Points that do not improve on the reference in every objective
/// add nothing, nor do those with a NaN. An infinitely good one makes it infinite.
/// O(n log n) up to three objectives, by a sweep over a balanced tree (Fonseca et al. 2006); from four on WFG
/// (While, Bradstreet and Barone 2012), whose time may grow exponentially with the objectives.
/// Throws Error unless the reference is finite.
double hypervolume(std::span<const Point> points, std::span<const Direction> directions,
                   const Point& reference);

/// What the hypervolume would lose without each point; 0 for one that is dominated or that another equals.
/// O(n log n) for points in a plane of which none dominates another, otherwise n times the time of
/// hypervolume().
std::vector<double> hypervolumeContributions(std::span<const Point> points,
                                             std::span<const Direction> directions, const Point& reference);

/// What it would gain by one more point.
double hypervolumeImprovement(const Point& added, std::span<const Point> points,
                              std::span<const Direction> directions, const Point& reference);

} // namespace greenfront::search
