// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/attainment.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

/// One point of one repeat, to be minimised.
struct Found {
    double first, second;
    std::size_t repeat;
};

double signOf(Direction direction) {
    return direction == Direction::Maximise ? -1 : 1;
}

std::vector<Found> inOrder(std::span<const std::vector<Point>> repeats, double firstSign, double secondSign) {
    std::vector<Found> all;
    for (std::size_t repeat = 0; repeat < repeats.size(); ++repeat)
        for (const Point& point : repeats[repeat])
            if (!std::isnan(point[0]) && !std::isnan(point[1]))
                all.push_back({firstSign * point[0], secondSign * point[1], repeat});
    std::ranges::sort(all, {}, &Found::first);
    return all;
}

/// The value that is the `rank`-th from below, counted from 1.
double ranked(std::vector<double> values, std::size_t rank) {
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
    std::ranges::nth_element(values, place);
    return *place;
}

} // namespace

double attainedShare(std::span<const std::vector<Point>> repeats, std::span<const Direction> directions,
                     std::span<const double> goal) {
    const auto reaches = [&](const Point& point) {
        assert(point.size() == directions.size() && goal.size() == directions.size());
        for (std::size_t i = 0; i < point.size(); ++i)
            if (!(signOf(directions[i]) * point[i] <= signOf(directions[i]) * goal[i])) // so that no NaN does
                return false;
        return true;
    };
    if (repeats.empty())
        return 0;
    const auto attained = std::ranges::count_if(
        repeats, [&](const std::vector<Point>& points) { return std::ranges::any_of(points, reaches); });
    return static_cast<double>(attained) / static_cast<double>(repeats.size());
}

std::vector<Point> attainmentSurface(std::span<const std::vector<Point>> repeats,
                                     std::span<const Direction> directions, std::size_t least) {
    assert(directions.size() == 2);
    if (least == 0 || least > repeats.size())
        return {};
    constexpr double never = std::numeric_limits<double>::infinity();
    const double firstSign = signOf(directions[0]);
    const double secondSign = signOf(directions[1]);
    const auto found = inOrder(repeats, firstSign, secondSign);
    std::vector<double> reached(repeats.size(), never); ///< the best second value of each repeat so far
    double height = never;
    std::vector<Point> surface;
    for (std::size_t i = 0; i < found.size(); ++i) {
        double& own = reached[found[i].repeat];
        own = std::min(own, found[i].second);
        if (i + 1 < found.size() && found[i + 1].first == found[i].first)
            continue;
        const double now = ranked(reached, least);
        if (now < height)
            surface.push_back({firstSign * found[i].first, secondSign * now});
        height = now;
    }
    return surface;
}

AttainmentLevels attainmentLevels(std::span<const std::vector<Point>> repeats,
                                  std::span<const Direction> directions) {
    return {attainmentSurface(repeats, directions, 1),
            attainmentSurface(repeats, directions, (repeats.size() + 1) / 2),
            attainmentSurface(repeats, directions, repeats.size())};
}

} // namespace greenfront::search
