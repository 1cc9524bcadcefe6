// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/energy_policy.h"

#include "core/base/text.h"
#include "core/search/expected_hypervolume.h"

#include <algorithm>
#include <cmath>

namespace greenfront::search {
namespace {

struct Spread {
    double sum = 0, squares = 0;
    std::size_t count = 0;

    void add(double value) {
        sum += value;
        squares += value * value;
        ++count;
    }
    double mean() const { return sum / static_cast<double>(count); }
    double deviation() const {
        const double variance = squares / static_cast<double>(count) - mean() * mean();
        return std::sqrt(std::max(0.0, variance));
    }
};

/// What a piece of work is expected to bring, and to take.
struct Prospect {
    std::vector<Gaussian> result;
    double joules = 0;
};

Prospect prospectOf(const std::vector<Spread>& objectives, const Spread& joules, const Point& from) {
    Prospect prospect;
    prospect.joules = std::max(joules.mean(), 1e-9);
    for (std::size_t i = 0; i < objectives.size(); ++i)
        prospect.result.push_back({from[i] + objectives[i].mean(), objectives[i].deviation()});
    return prospect;
}

bool isFinite(const Point& point) {
    return std::ranges::all_of(point, [](double value) { return std::isfinite(value); });
}

std::vector<const Curve*> whole(const Curves& curves) {
    std::vector<const Curve*> list;
    for (const auto& [number, curve] : curves)
        if (curve.result && isFinite(*curve.result))
            list.push_back(&curve);
    return list;
}

Point referenceBeyond(const std::vector<Point>& results, const std::vector<Direction>& directions) {
    Point reference(directions.size());
    for (std::size_t i = 0; i < directions.size(); ++i) {
        const auto at = [i](const Point& point) { return point[i]; };
        const double low = at(*std::ranges::min_element(results, {}, at));
        const double high = at(*std::ranges::max_element(results, {}, at));
        const double margin = 0.1 * (high - low);
        reference[i] = directions[i] == Direction::Minimise ? high + margin : low - margin;
    }
    return reference;
}

} // namespace

std::optional<std::string> EnergyPolicy::reasonToStop(const Curves& curves, std::uint64_t trial) const {
    const Curve& own = curves.at(trial);
    const std::size_t interval = own.reports.size();
    const auto ended = whole(curves);
    if (interval == 0 || interval % every_ != 0 || ended.size() < least_ || !isFinite(own.reports.back()))
        return std::nullopt;
    std::vector<Spread> results(directions_.size());
    std::vector<Spread> changes(directions_.size());
    Spread joules;
    Spread joulesLeft;
    std::vector<Point> points;
    points.reserve(ended.size());
    for (const Curve* curve : ended) {
        points.push_back(*curve->result);
        joules.add(curve->totalJoules);
        const bool reached = curve->reports.size() >= interval && isFinite(curve->reports[interval - 1]);
        if (reached)
            joulesLeft.add(curve->totalJoules - curve->joules[interval - 1]);
        for (std::size_t i = 0; i < directions_.size(); ++i) {
            results[i].add((*curve->result)[i]);
            if (reached)
                changes[i].add((*curve->result)[i] - curve->reports[interval - 1][i]);
        }
    }
    if (joulesLeft.count < least_)
        return std::nullopt; // hardly any went on from here: nothing tells what it would bring
    const ExpectedHypervolume expected(points, directions_, referenceBeyond(points, directions_));
    const Prospect goingOn = prospectOf(changes, joulesLeft, own.reports.back());
    const Prospect another = prospectOf(results, joules, Point(directions_.size(), 0.0));
    const double buys = expected.improvement(goingOn.result) / goingOn.joules;
    const double otherBuys = expected.improvement(another.result) / another.joules;
    if (buys >= otherBuys)
        return std::nullopt;
    return "energy: a joule is expected to buy " + shortText(otherBuys > 0 ? buys / otherBuys : 0) +
           " of the hypervolume that it buys in another trial";
}

} // namespace greenfront::search
