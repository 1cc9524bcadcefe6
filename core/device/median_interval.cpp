// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/median_interval.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace greenfront::device {
namespace {

constexpr std::size_t largestExact = 1000;
constexpr double tail = 0.025;
constexpr double normalQuantile = 1.959964; ///< leaves `tail` above it

} // namespace

std::size_t medianRank(std::size_t n) {
    const auto count = static_cast<double>(n);
    if (n > largestExact)
        return static_cast<std::size_t>((count - normalQuantile * std::sqrt(count)) / 2);
    // The median is below the r-th smallest sample if fewer than r samples fall below the median.
    double probability = std::exp2(-count);
    double below = probability;
    std::size_t rank = 0;
    while (below <= tail) {
        ++rank;
        const auto i = static_cast<double>(rank);
        probability *= (count - i + 1) / i;
        below += probability;
    }
    return rank;
}

MedianInterval medianInterval(std::span<double> samples) {
    assert(!samples.empty());
    std::ranges::sort(samples);
    const std::size_t n = samples.size();
    const std::size_t rank = std::max<std::size_t>(1, medianRank(n));
    const double median = (samples[(n - 1) / 2] + samples[n / 2]) / 2;
    return {.median = median, .low = samples[rank - 1], .high = samples[n - rank]};
}

} // namespace greenfront::device
