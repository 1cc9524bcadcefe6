// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/front_probability.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace greenfront::search {
namespace {

constexpr double deviationsTo95Percent = 1.959963984540054; ///< the normal distribution's 97.5 % quantile

/// That x is at most y, both to be minimised.
double atMost(const Gaussian& x, const Gaussian& y) {
    const double gap = y.mean - x.mean;
    const double deviation = std::hypot(x.deviation, y.deviation);
    if (deviation == 0)
        return gap >= 0 ? 1 : 0;
    return std::erfc(-gap / deviation / std::numbers::sqrt2) / 2;
}

bool hasNan(const UncertainPoint& point) {
    return std::ranges::any_of(point, [](const Gaussian& x) { return std::isnan(x.mean); });
}

Point drawn(const UncertainPoint& point, Rng& rng) {
    Point result;
    result.reserve(point.size());
    for (const Gaussian& x : point)
        result.push_back(x.deviation > 0 ? x.mean + x.deviation * rng.normal() : x.mean);
    return result;
}

/// With one success and one failure more than were seen, so that a rare event's error is not taken for 0.
FrontProbability estimate(std::size_t hits, std::size_t samples) {
    const auto n = static_cast<double>(samples);
    const double smoothed = (static_cast<double>(hits) + 1) / (n + 2);
    return {static_cast<double>(hits) / n, std::sqrt(smoothed * (1 - smoothed) / n)};
}

} // namespace

Gaussian gaussianFromInterval(double low, double high) {
    if (!std::isfinite(low) || !std::isfinite(high) || low > high)
        throw Error("read", "an interval", "its ends are not finite numbers in order", "Give low and high");
    return {low / 2 + high / 2, (high - low) / (2 * deviationsTo95Percent)};
}

Gaussian gaussianOf(const Metric& metric) {
    return metric.low && metric.high ? gaussianFromInterval(*metric.low, *metric.high)
                                     : Gaussian{metric.value, 0};
}

double dominanceProbability(const UncertainPoint& a, const UncertainPoint& b,
                            std::span<const Direction> directions) {
    assert(a.size() == directions.size() && b.size() == directions.size());
    if (hasNan(a) || hasNan(b))
        return hasNan(a) ? 0 : 1;
    double probability = 1;
    bool canDiffer = false; // two variables with a deviation are equal with probability 0
    for (std::size_t i = 0; i < a.size(); ++i) {
        const bool minimise = directions[i] == Direction::Minimise;
        probability *= minimise ? atMost(a[i], b[i]) : atMost(b[i], a[i]);
        canDiffer = canDiffer || a[i].deviation > 0 || b[i].deviation > 0 || a[i].mean != b[i].mean;
    }
    return canDiffer ? probability : 0;
}

std::vector<FrontProbability> frontProbabilities(std::span<const UncertainPoint> points,
                                                 std::span<const Direction> directions, std::size_t samples,
                                                 std::uint64_t seed) {
    if (samples == 0)
        throw Error("estimate", "the probability of being on the front", "there are no samples",
                    "Ask for at least one");
    Rng rng(seed);
    std::vector<std::size_t> hits(points.size(), 0);
    std::vector<Point> sample(points.size());
    for (std::size_t round = 0; round < samples; ++round) {
        std::ranges::transform(points, sample.begin(),
                               [&rng](const UncertainPoint& point) { return drawn(point, rng); });
        for (const std::size_t index : paretoFront(sample, directions))
            ++hits[index];
    }
    std::vector<FrontProbability> probabilities;
    probabilities.reserve(points.size());
    for (const std::size_t count : hits)
        probabilities.push_back(estimate(count, samples));
    return probabilities;
}

} // namespace greenfront::search
