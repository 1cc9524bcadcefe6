// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/hypervolume.h"

#include "core/base/error.h"
#include "core/search/staircase.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <limits>

namespace greenfront::search {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Those of the points that improve on the reference, as what is to be minimised below a reference of zeros.
struct Improving {
    std::vector<Point> points; ///< each coordinate negative and finite
    std::vector<std::size_t> rows;
    std::vector<bool> infinite; ///< was it infinitely good somewhere?
};

void checkReference(const Point& reference) {
    for (std::size_t i = 0; i < reference.size(); ++i)
        if (!std::isfinite(reference[i]))
            throw Error("compute", "the hypervolume",
                        "the reference has no finite value for objective " + std::to_string(i + 1),
                        "Give a number for each objective");
}

/// Beyond all that is finite it does not matter how far away a point is: every cut through it looks the same.
void bound(Improving& improving, std::size_t objectives) {
    for (std::size_t i = 0; i < objectives; ++i) {
        double least = 0;
        for (const Point& point : improving.points)
            if (std::isfinite(point[i]))
                least = std::min(least, point[i]);
        for (std::size_t row = 0; row < improving.points.size(); ++row)
            if (!std::isfinite(improving.points[row][i])) {
                improving.points[row][i] = 2 * least - 1;
                improving.infinite[row] = true;
            }
    }
}

Improving improvingOn(const Point& reference, std::span<const Point> points,
                      std::span<const Direction> directions) {
    assert(reference.size() == directions.size());
    checkReference(reference);
    Improving improving;
    for (std::size_t row = 0; row < points.size(); ++row) {
        assert(points[row].size() == directions.size());
        Point point(directions.size());
        for (std::size_t i = 0; i < point.size(); ++i)
            point[i] = directions[i] == Direction::Maximise ? reference[i] - points[row][i]
                                                            : points[row][i] - reference[i];
        if (std::ranges::any_of(point, [](double value) { return !(value < 0); })) // also of a NaN
            continue;
        improving.points.push_back(std::move(point));
        improving.rows.push_back(row);
    }
    improving.infinite.resize(improving.points.size());
    bound(improving, directions.size());
    return improving;
}

bool covers(const Point& a, const Point& b) {
    return std::ranges::equal(a, b, std::less_equal{});
}

bool isCovered(const Point& point, std::span<const Point> others) {
    return std::ranges::any_of(others, [&point](const Point& other) { return covers(other, point); });
}

double area(std::span<Point> points) {
    std::ranges::sort(points, {}, [](const Point& point) { return point[0]; });
    double sum = 0;
    double lowest = 0;
    for (const Point& point : points)
        if (point[1] < lowest) {
            sum += -point[0] * (lowest - point[1]);
            lowest = point[1];
        }
    return sum;
}

/// From the best value of the last objective to the worst, with the area that is dominated so far.
double sweptVolume(std::span<Point> points) {
    std::ranges::sort(points, {}, [](const Point& point) { return point[2]; });
    Staircase stairs;
    double sum = 0;
    double section = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Point& point = points[i];
        if (!stairs.covers(point[0], point[1]))
            stairs.insert(point[0], point[1], 0, [&](double from, double to, double height) {
                section += (to - from) * (std::min(height, 0.0) - point[1]);
            });
        sum += section * ((i + 1 < points.size() ? points[i + 1][2] : 0) - point[2]);
    }
    return sum;
}

/// Adds the point behind the first `count` to them unless one covers it, in place of those that it covers;
/// returns how many there are then. The others stay behind, for their memory.
std::size_t keepUncovered(std::vector<Point>& points, std::size_t count) {
    for (std::size_t i = 0; i < count;) {
        if (covers(points[i], points[count]))
            return count;
        if (covers(points[count], points[i])) {
            std::swap(points[i], points[count - 1]);
            std::swap(points[count - 1], points[count]);
            --count;
        } else {
            ++i;
        }
    }
    return count + 1;
}

/// The volume as a sum of what each point adds to those after it. They come in the order of the last
/// objective, so that what they share with the point ends where it does: one dimension less to look at.
class Wfg {
public:
    explicit Wfg(std::size_t objectives) : shared_(objectives + 1) {}

    /// Reorders the points.
    double volume(std::span<Point> points) {
        if (points.empty())
            return 0;
        switch (points.front().size()) {
        case 1:
            return -std::ranges::min_element(points)->front();
        case 2:
            return area(points);
        case 3:
            return sweptVolume(points);
        default:
            break;
        }
        std::ranges::sort(points, std::greater{}, [](const Point& point) { return point.back(); });
        double sum = 0;
        for (std::size_t i = 0; i < points.size(); ++i)
            sum += -points[i].back() * exclusive(points[i], points.subspan(i + 1), points[i].size() - 1);
        return sum;
    }

    /// What the point dominates and the others do not, in the first `width` objectives.
    double exclusive(const Point& point, std::span<const Point> others, std::size_t width) {
        std::vector<Point>& shared = shared_[width];
        if (shared.size() < others.size())
            shared.resize(others.size());
        std::size_t count = 0;
        for (const Point& other : others) {
            shared[count].resize(width);
            for (std::size_t i = 0; i < width; ++i)
                shared[count][i] = std::max(point[i], other[i]);
            count = width > 3 ? keepUncovered(shared, count) : count + 1;
        }
        double inclusive = 1;
        for (std::size_t i = 0; i < width; ++i)
            inclusive *= -point[i];
        return std::max(0.0, inclusive - volume(std::span(shared).first(count)));
    }

private:
    std::vector<std::vector<Point>> shared_; ///< for each width, kept for its memory
};

/// Two objectives, and no point dominates another: the rectangles up to the neighbours. `order` ascends in
/// the first objective.
std::vector<double> betweenNeighbours(const std::vector<Point>& points,
                                      const std::vector<std::size_t>& order) {
    std::vector<double> areas(points.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Point& point = points[order[i]];
        const double right = i + 1 < order.size() ? points[order[i + 1]][0] : 0;
        const double above = i > 0 ? points[order[i - 1]][1] : 0;
        areas[order[i]] = (right - point[0]) * (above - point[1]);
    }
    return areas;
}

/// What is left when a point goes is covered by the others of the front and by those right behind it.
std::vector<double> withoutEach(const std::vector<Point>& points, std::span<const Direction> down) {
    const auto ranks = nonDominatedRanks(points, down);
    std::vector<std::size_t> rows;
    std::vector<Point> layers;
    for (std::size_t row = 0; row < points.size(); ++row)
        if (ranks[row] <= 1) {
            rows.push_back(row);
            layers.push_back(points[row]);
        }
    Wfg wfg(down.size());
    std::vector<double> volumes(points.size(), 0.0);
    for (std::size_t i = 0; i < layers.size(); ++i) {
        std::swap(layers[i], layers.back());
        const auto others = std::span(layers).first(layers.size() - 1);
        if (!isCovered(layers.back(), others))
            volumes[rows[i]] = wfg.exclusive(layers.back(), others, down.size());
        std::swap(layers[i], layers.back());
    }
    return volumes;
}

} // namespace

double hypervolume(std::span<const Point> points, std::span<const Direction> directions,
                   const Point& reference) {
    Improving improving = improvingOn(reference, points, directions);
    if (std::ranges::find(improving.infinite, true) != improving.infinite.end())
        return infinity;
    auto& relevant = improving.points;
    std::size_t count = relevant.size();
    if (directions.size() > 3) { // the time that it takes hangs on how many there are
        count = 0;
        for (std::size_t i = 0; i < relevant.size(); ++i) {
            std::swap(relevant[count], relevant[i]);
            count = keepUncovered(relevant, count);
        }
    }
    return Wfg(directions.size()).volume(std::span(relevant).first(count));
}

std::vector<double> hypervolumeContributions(std::span<const Point> points,
                                             std::span<const Direction> directions, const Point& reference) {
    const Improving improving = improvingOn(reference, points, directions);
    const std::vector<Direction> down(directions.size(), Direction::Minimise);
    const auto front = paretoFront(improving.points, down);
    const bool isPlane = down.size() == 2 && front.size() == improving.points.size();
    const auto volumes =
        isPlane ? betweenNeighbours(improving.points, front) : withoutEach(improving.points, down);
    std::vector<double> contributions(points.size(), 0.0);
    for (std::size_t i = 0; i < volumes.size(); ++i)
        if (volumes[i] > 0) {
            double& contribution = contributions[improving.rows[i]];
            contribution = volumes[i];
            if (improving.infinite[i])
                contribution = infinity;
        }
    return contributions;
}

double hypervolumeImprovement(const Point& added, std::span<const Point> points,
                              std::span<const Direction> directions, const Point& reference) {
    std::vector<Point> all(points.begin(), points.end());
    all.push_back(added);
    const Improving improving = improvingOn(reference, all, directions);
    if (improving.rows.empty() || improving.rows.back() != points.size())
        return 0;
    const auto& point = improving.points.back();
    const auto others = std::span(improving.points).first(improving.points.size() - 1);
    if (isCovered(point, others))
        return 0;
    const double volume = Wfg(directions.size()).exclusive(point, others, directions.size());
    if (volume > 0 && improving.infinite.back())
        return infinity;
    return volume;
}

} // namespace greenfront::search
