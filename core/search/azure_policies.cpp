// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/azure_policies.h"

#include "core/base/statistics.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

bool better(double a, double b, Direction direction) {
    if (std::isnan(a) || std::isnan(b))
        return !std::isnan(a);
    return direction == Direction::Maximise ? a > b : a < b;
}

/// NaN where none of the values is a number.
double bestOf(const Curve& curve, std::size_t interval, const PolicyWatch& watch) {
    double best = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t i = 0; i < interval; ++i)
        if (const double value = curve.reports[i][watch.metric]; better(value, best, watch.direction))
            best = value;
    return best;
}

/// One number a trial that has reached the interval, without those that are none.
template <class Value>
std::vector<double> valuesAt(const Curves& curves, std::size_t interval, const Value& value) {
    std::vector<double> values;
    values.reserve(curves.size());
    for (const auto& [number, curve] : curves) {
        if (curve.reports.size() < interval)
            continue;
        if (const double one = value(curve); !std::isnan(one))
            values.push_back(one);
    }
    return values;
}

std::string atInterval(std::size_t interval) {
    return " at interval " + std::to_string(interval);
}

} // namespace

std::optional<std::size_t> PolicyWatch::interval(const Curves& curves, std::uint64_t trial) const {
    const std::size_t interval = curves.at(trial).reports.size();
    if (interval == 0 || interval < delay || interval % every != 0)
        return std::nullopt;
    return interval;
}

double BanditPolicy::allowed(double best) const {
    const bool high = watch_.direction == Direction::Maximise;
    if (amount_ > 0)
        return high ? best - amount_ : best + amount_;
    const double slack = std::abs(best) * (high ? factor_ / (1 + factor_) : factor_);
    return high ? best - slack : best + slack;
}

std::optional<std::string> BanditPolicy::reasonToStop(const Curves& curves, std::uint64_t trial) const {
    const auto interval = watch_.interval(curves, trial);
    if (!interval)
        return std::nullopt;
    const auto bests =
        valuesAt(curves, *interval, [&](const Curve& c) { return bestOf(c, *interval, watch_); });
    if (bests.empty())
        return std::nullopt;
    const double best =
        watch_.direction == Direction::Maximise ? std::ranges::max(bests) : std::ranges::min(bests);
    const double own = bestOf(curves.at(trial), *interval, watch_);
    const double limit = allowed(best);
    if (!better(limit, own, watch_.direction))
        return std::nullopt;
    return "bandit: its best, " + shortText(own) + ", is worse than " + shortText(limit) +
           atInterval(*interval);
}

std::optional<std::string> MedianPolicy::reasonToStop(const Curves& curves, std::uint64_t trial) const {
    const auto interval = watch_.interval(curves, trial);
    if (!interval)
        return std::nullopt;
    const auto averages = valuesAt(curves, *interval, [&](const Curve& curve) {
        double sum = 0;
        for (std::size_t i = 0; i < *interval; ++i)
            sum += curve.reports[i][watch_.metric];
        return sum / static_cast<double>(*interval);
    });
    if (averages.empty())
        return std::nullopt;
    const double median = medianOf(averages);
    const double own = bestOf(curves.at(trial), *interval, watch_);
    if (!better(median, own, watch_.direction))
        return std::nullopt;
    return "median: its best, " + shortText(own) + ", is worse than the median average, " +
           shortText(median) + "," + atInterval(*interval);
}

std::optional<std::string> TruncationPolicy::reasonToStop(const Curves& curves, std::uint64_t trial) const {
    const auto interval = watch_.interval(curves, trial);
    if (!interval)
        return std::nullopt;
    const auto at = [&](const Curve& curve) { return curve.reports[*interval - 1][watch_.metric]; };
    const double own = at(curves.at(trial));
    std::size_t count = 0;
    std::size_t ahead = 0;
    for (const auto& [number, curve] : curves) {
        if (curve.reports.size() < *interval || (excludeFinished_ && curve.ended && number != trial))
            continue;
        ++count;
        ahead += better(at(curve), own, watch_.direction) ? 1 : 0;
    }
    const std::size_t lowest = count * static_cast<std::size_t>(percent_) / 100;
    if (lowest == 0 || ahead < count - lowest)
        return std::nullopt;
    return "truncation: " + shortText(own) + " is among the lowest " + std::to_string(lowest) + " of " +
           std::to_string(count) + " trials" + atInterval(*interval);
}

} // namespace greenfront::search
