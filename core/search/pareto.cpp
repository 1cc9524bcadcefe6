// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pareto.h"

#include "core/search/staircase.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenfront::search {
namespace {

bool hasNan(std::span<const double> point) {
    return std::ranges::any_of(point, [](double value) { return std::isnan(value); });
}

/// Both to be minimised, neither with a NaN.
bool dominatesMinimised(std::span<const double> a, std::span<const double> b) {
    bool better = false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] > b[i])
            return false;
        better = better || a[i] < b[i];
    }
    return better;
}

/// Puts one point after the other into the first rank where nothing dominates it. The points come in
/// lexicographic order, so whatever dominates a point came before it.
class PairRanks {
public:
    /// In a rank the second objective falls as the first grows, so its newest point decides. The newest
    /// points of the ranks ascend in the second objective, which allows the binary search.
    int place(const Point& point) {
        const auto free = std::ranges::upper_bound(newest_, point[1]);
        const auto rank = free - newest_.begin();
        if (free == newest_.end())
            newest_.push_back(point[1]);
        else
            *free = point[1];
        return static_cast<int>(rank);
    }

private:
    std::vector<double> newest_;
};

/// The first objective is settled by the order, and what a rank holds in the other two is a staircase. What
/// one rank dominates, all ranks above it dominate, which allows the binary search.
class TripleRanks {
public:
    int place(const Point& point) {
        const auto free = std::ranges::partition_point(
            ranks_, [&point](const Staircase& stairs) { return stairs.covers(point[1], point[2]); });
        const auto rank = free - ranks_.begin();
        Staircase& stairs = free == ranks_.end() ? ranks_.emplace_back() : *free;
        stairs.insert(point[1], point[2]);
        return static_cast<int>(rank);
    }

private:
    std::vector<Staircase> ranks_;
};

/// The same for any number of objectives (ENS-SS, Zhang et al. 2015).
class ManyRanks {
public:
    int place(const Point& point) {
        const auto free = std::ranges::find_if(ranks_, [&point](const std::vector<const Point*>& members) {
            return std::none_of(members.rbegin(), members.rend(),
                                [&point](const Point* member) { return dominatesMinimised(*member, point); });
        });
        const auto rank = free - ranks_.begin();
        if (free == ranks_.end())
            ranks_.emplace_back();
        ranks_[static_cast<std::size_t>(rank)].push_back(&point);
        return static_cast<int>(rank);
    }

private:
    std::vector<std::vector<const Point*>> ranks_;
};

/// Ranks of the points at `order`, which is their lexicographic order; returns how many ranks there are.
template <class Ranks>
int rankInOrder(std::span<const Point> points, std::span<const std::size_t> order, std::vector<int>& ranks) {
    Ranks placed;
    int count = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const Point& point = points[order[i]];
        const bool repeated = i > 0 && point == points[order[i - 1]];
        const int rank = repeated ? ranks[order[i - 1]] : placed.place(point);
        ranks[order[i]] = rank;
        count = std::max(count, rank + 1);
    }
    return count;
}

} // namespace

Point minimised(std::span<const double> point, std::span<const Direction> directions) {
    assert(point.size() == directions.size());
    Point result(point.begin(), point.end());
    for (std::size_t i = 0; i < result.size(); ++i)
        if (directions[i] == Direction::Maximise)
            result[i] = -result[i];
    return result;
}

bool dominates(std::span<const double> a, std::span<const double> b, std::span<const Direction> directions) {
    if (hasNan(a) || hasNan(b))
        return !hasNan(a);
    return dominatesMinimised(minimised(a, directions), minimised(b, directions));
}

std::vector<int> nonDominatedRanks(std::span<const Point> points, std::span<const Direction> directions) {
    std::vector<Point> oriented;
    oriented.reserve(points.size());
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < points.size(); ++i) {
        oriented.push_back(minimised(points[i], directions));
        if (!hasNan(points[i]))
            order.push_back(i);
    }
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return oriented[a] < oriented[b]; });
    std::vector<int> ranks(points.size(), -1);
    const int count = directions.size() == 2   ? rankInOrder<PairRanks>(oriented, order, ranks)
                      : directions.size() == 3 ? rankInOrder<TripleRanks>(oriented, order, ranks)
                                               : rankInOrder<ManyRanks>(oriented, order, ranks);
    std::ranges::replace(ranks, -1, count);
    return ranks;
}

std::vector<std::size_t> paretoFront(std::span<const Point> points, std::span<const Direction> directions) {
    const auto ranks = nonDominatedRanks(points, directions);
    std::vector<std::size_t> front;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (ranks[i] == 0 && !hasNan(points[i]))
            front.push_back(i);
    std::ranges::stable_sort(front, [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
    return front;
}

Point worstOf(std::span<const Point> points, std::span<const Direction> directions) {
    Point worst;
    for (const Point& point : points) {
        if (hasNan(point))
            continue;
        if (worst.empty())
            worst = point;
        for (std::size_t i = 0; i < worst.size(); ++i)
            worst[i] = directions[i] == Direction::Minimise ? std::max(worst[i], point[i])
                                                            : std::min(worst[i], point[i]);
    }
    return worst;
}

std::vector<double> crowdingDistances(std::span<const Point> points) {
    std::vector<double> distances(points.size(), 0.0);
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (!hasNan(points[i]))
            order.push_back(i);
    if (order.empty())
        return distances;
    for (std::size_t objective = 0; objective < points[order.front()].size(); ++objective) {
        const auto valueAt = [&](std::size_t place) { return points[order[place]][objective]; };
        std::ranges::stable_sort(
            order, [&](std::size_t a, std::size_t b) { return points[a][objective] < points[b][objective]; });
        const std::size_t last = order.size() - 1;
        const double range = valueAt(last) - valueAt(0);
        distances[order.front()] = distances[order.back()] = std::numeric_limits<double>::infinity();
        if (!(range > 0) || !std::isfinite(range))
            continue;
        for (std::size_t place = 1; place < last; ++place)
            distances[order[place]] += (valueAt(place + 1) - valueAt(place - 1)) / range;
    }
    return distances;
}

} // namespace greenfront::search
