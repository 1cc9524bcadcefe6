// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian.h"
#include "core/search/pareto.h"

#include <cstdint>

namespace greenfront::search {

/// One variable an objective. All variables of all points are taken to be independent and normal: errors that
/// several points share (one meter, one device) are not seen.
using UncertainPoint = std::vector<Gaussian>;

/// The normal variable whose central 95 % interval is low..high, which is how a metric's interval is meant;
/// its mean is the middle of it. Throws Error unless both are finite and in order.
Gaussian gaussianFromInterval(double low, double high);
/// Of a metric; its value alone where it has no interval.
Gaussian gaussianOf(const Metric& metric);

/// How probable it is that a dominates b; exact. NaN means are as in dominates().
double dominanceProbability(const UncertainPoint& a, const UncertainPoint& b,
                            std::span<const Direction> directions);

struct FrontProbability {
    double probability = 0;
    double standardError = 0; ///< of the sampling alone; never 0, as the sample is finite
};

/// How probable it is for each point that no other dominates it, from so many samples of all of them
/// together. The same seed gives the same answer. Points with a NaN are never on the front. Throws Error
/// without samples.
std::vector<FrontProbability> frontProbabilities(std::span<const UncertainPoint> points,
                                                 std::span<const Direction> directions, std::size_t samples,
                                                 std::uint64_t seed);

} // namespace greenfront::search
