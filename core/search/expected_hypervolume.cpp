// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/expected_hypervolume.h"

#include "core/base/error.h"
#include "core/search/hypervolume.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <numbers>

namespace greenfront::search {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t mostWithBoxes = 3;

bool improves(const Point& point, const Point& reference) {
    return std::ranges::equal(point, reference, [](double a, double b) { return a < b; });
}

} // namespace

double expectedGapBelow(double c, const Gaussian& x) {
    const double gap = c - x.mean;
    if (c == -infinity || x.deviation == 0)
        return std::max(0.0, gap);
    const double z = gap / x.deviation;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    const double below = std::erfc(-z / std::numbers::sqrt2) / 2;
    return std::max(0.0, gap * below + x.deviation * density);
}

ExpectedHypervolume::ExpectedHypervolume(std::span<const Point> points, std::span<const Direction> directions,
                                         Point reference)
    : directions_(directions.begin(), directions.end()), reference_(minimised(reference, directions)) {
    assert(reference_.size() == directions_.size());
    if (!std::ranges::all_of(reference_, [](double value) { return std::isfinite(value); }))
        throw Error("compute", "the expected hypervolume", "the reference is not finite",
                    "Give a number for each objective");
    for (const std::size_t index : paretoFront(points, directions)) {
        Point point = minimised(points[index], directions);
        if (improves(point, reference_) && (points_.empty() || points_.back() != point))
            points_.push_back(std::move(point));
    }
    if (directions_.size() == 1)
        boxes_.push_back({{-infinity}, points_.empty() ? reference_ : points_.front()});
    else if (directions_.size() <= mostWithBoxes)
        cutIntoBoxes();
}

/// From the best value of the third objective to the worst. At each, the plane of the other two that nothing
/// dominates yet consists of strips, which reach from one point of a staircase to the next and down from its
/// height. A strip becomes a box once a new point cuts it off; each point opens one and closes those behind.
void ExpectedHypervolume::cutIntoBoxes() {
    const bool flat = reference_.size() == 2; // one plane, at no depth
    struct Strip {
        double height, since;
    };
    const double end = reference_[0];
    std::map<double, Strip> strips{{-infinity, {reference_[1], -infinity}}};
    std::vector<Point> order = points_;
    std::ranges::stable_sort(order, {}, [](const Point& point) { return point.back(); });
    for (const Point& point : order) {
        const double x = point[0];
        const double y = point[1];
        const double z = flat ? -infinity : point[2];
        auto strip = std::prev(strips.upper_bound(x));
        double from = x;
        while (strip != strips.end() && strip->second.height > y) {
            const auto next = std::next(strip);
            if (strip->second.since < z)
                addBox({from, -infinity, strip->second.since},
                       {next == strips.end() ? end : next->first, strip->second.height, z});
            strip = strip->first < x ? next : strips.erase(strip);
            from = strip == strips.end() ? end : strip->first;
        }
        if (from > x) // it was not covered
            strips.insert_or_assign(x, Strip{y, z});
    }
    double top = infinity;
    if (!flat)
        top = reference_[2];
    for (auto strip = strips.begin(); strip != strips.end(); ++strip)
        addBox({strip->first, -infinity, strip->second.since},
               {std::next(strip) == strips.end() ? end : std::next(strip)->first, strip->second.height, top});
}

/// Of three coordinates those that the objectives have.
void ExpectedHypervolume::addBox(const Point& low, const Point& high) {
    const auto size = static_cast<std::ptrdiff_t>(reference_.size());
    boxes_.push_back({Point(low.begin(), low.begin() + size), Point(high.begin(), high.begin() + size)});
}

double ExpectedHypervolume::improvement(std::span<const Gaussian> prediction) const {
    assert(prediction.size() == directions_.size());
    std::vector<Gaussian> oriented(prediction.begin(), prediction.end());
    for (std::size_t i = 0; i < oriented.size(); ++i) {
        if (!std::isfinite(oriented[i].mean) || !std::isfinite(oriented[i].deviation) ||
            oriented[i].deviation < 0)
            throw Error("compute", "the expected hypervolume", "a prediction is no normal variable",
                        "Give a finite mean and a deviation from 0");
        if (directions_[i] == Direction::Maximise)
            oriented[i].mean = -oriented[i].mean;
    }
    return boxes_.empty() ? ofPoints(oriented) : ofBoxes(oriented);
}

double ExpectedHypervolume::ofBoxes(std::span<const Gaussian> prediction) const {
    double sum = 0;
    for (const Box& box : boxes_) {
        double product = 1;
        for (std::size_t i = 0; i < prediction.size(); ++i)
            product *=
                expectedGapBelow(box.high[i], prediction[i]) - expectedGapBelow(box.low[i], prediction[i]);
        sum += product;
    }
    return sum;
}

double ExpectedHypervolume::ofPoints(std::span<const Gaussian> prediction) const {
    const auto mapped = [&](const Point& point) {
        Point result(point.size());
        for (std::size_t i = 0; i < point.size(); ++i)
            result[i] = expectedGapBelow(point[i], prediction[i]);
        return result;
    };
    std::vector<Point> points;
    points.reserve(points_.size());
    for (const Point& point : points_)
        points.push_back(mapped(point));
    const Point reference = mapped(reference_);
    double whole = 1;
    for (const double side : reference)
        whole *= side;
    const std::vector<Direction> down(prediction.size(), Direction::Minimise);
    return std::max(0.0, whole - hypervolume(points, down, reference));
}

} // namespace greenfront::search
