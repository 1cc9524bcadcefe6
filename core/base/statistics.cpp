// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/statistics.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace greenfront {
namespace {

double covariance(std::span<const double> first, std::span<const double> second) {
    const auto count = static_cast<double>(first.size());
    const double firstMean = std::accumulate(first.begin(), first.end(), 0.0) / count;
    const double secondMean = std::accumulate(second.begin(), second.end(), 0.0) / count;
    double sum = 0;
    for (std::size_t i = 0; i < first.size(); ++i)
        sum += (first[i] - firstMean) * (second[i] - secondMean);
    return sum;
}

} // namespace

std::vector<double> ranksOf(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    std::vector<double> ranks(values.size());
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first + 1;
        while (last < order.size() && values[order[last]] == values[order[first]])
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks[order[i]] = static_cast<double>(first + last + 1) / 2;
        first = last;
    }
    return ranks;
}

double rankCorrelation(std::span<const double> first, std::span<const double> second) {
    assert(first.size() == second.size());
    if (first.empty())
        return 0;
    const std::vector<double> a = ranksOf(first);
    const std::vector<double> b = ranksOf(second);
    const double variances = covariance(a, a) * covariance(b, b);
    return variances > 0 ? covariance(a, b) / std::sqrt(variances) : 0;
}

double rootMeanSquare(std::span<const double> values) {
    if (values.empty())
        return 0;
    const double squares = std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
    return std::sqrt(squares / static_cast<double>(values.size()));
}

double medianOf(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

double quantileOf(std::vector<double> values, double share) {
    assert(!values.empty());
    const double wanted = std::ceil(share * static_cast<double>(values.size()));
    const auto index =
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(wanted) - 1, 0, std::ssize(values) - 1);
    std::nth_element(values.begin(), values.begin() + index, values.end());
    return values[static_cast<std::size_t>(index)];
}

} // namespace greenfront
