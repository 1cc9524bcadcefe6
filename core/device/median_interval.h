// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <span>

namespace greenfront::device {

/// Fewer samples than this have no 95 % interval: even their whole range misses the median more often.
constexpr std::size_t fewestForInterval = 6;

struct MedianInterval {
    double median, low, high;
};

/// The 1-based rank r such that the r-th smallest and the r-th largest of n samples enclose the median of
/// their distribution with a probability of at least 95 %, whatever the distribution; 0 if there is none.
/// Exact binomial ranks up to 1,000 samples, their normal approximation beyond (Conover, Practical
/// Nonparametric Statistics, 3.2).
std::size_t medianRank(std::size_t n);
/// The median of at least one sample, and its interval; the whole range where there is no interval.
/// Reorders the samples.
MedianInterval medianInterval(std::span<double> samples);

} // namespace greenfront::device
