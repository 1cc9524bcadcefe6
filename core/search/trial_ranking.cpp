// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/trial_ranking.h"

#include <algorithm>
#include <tuple>

namespace greenfront::search {
namespace {

/// How the members of one rank are told apart. The one place that decides it: a subset by hypervolume can
/// take its place.
std::vector<double> spreadsOf(std::span<const Point> members) {
    return crowdingDistances(members);
}

void appendFeasible(std::span<const Standing* const> standings, std::vector<Ranked>& ranked) {
    std::vector<std::size_t> indices;
    std::vector<Point> points;
    for (std::size_t i = 0; i < standings.size(); ++i)
        if (standings[i]->feasible()) {
            indices.push_back(i);
            points.push_back(standings[i]->minimised);
        }
    if (points.empty())
        return;
    const std::vector<Direction> directions(points.front().size(), Direction::Minimise);
    const auto ranks = nonDominatedRanks(points, directions);
    std::vector<std::vector<std::size_t>> byRank(static_cast<std::size_t>(std::ranges::max(ranks)) + 1);
    for (std::size_t i = 0; i < ranks.size(); ++i)
        byRank[static_cast<std::size_t>(ranks[i])].push_back(i);
    for (std::size_t rank = 0; rank < byRank.size(); ++rank) {
        std::vector<Point> members;
        for (const std::size_t i : byRank[rank])
            members.push_back(points[i]);
        const auto spreads = spreadsOf(members);
        const auto start = std::ssize(ranked);
        for (std::size_t i = 0; i < members.size(); ++i)
            ranked.push_back({indices[byRank[rank][i]], static_cast<int>(rank), spreads[i]});
        std::stable_sort(ranked.begin() + start, ranked.end(),
                         [](const Ranked& a, const Ranked& b) { return a.spread > b.spread; });
    }
}

} // namespace

Standing standingOf(const Trial& trial, const Point& minimised) {
    return {minimised, trial.outcome.violation, trial.outcome.failed};
}

std::vector<Ranked> bestFirst(std::span<const Standing* const> standings) {
    std::vector<Ranked> ranked;
    ranked.reserve(standings.size());
    appendFeasible(standings, ranked);
    std::vector<std::size_t> rest;
    for (std::size_t i = 0; i < standings.size(); ++i)
        if (!standings[i]->feasible())
            rest.push_back(i);
    const auto key = [&](std::size_t i) { return std::tuple(standings[i]->failed, standings[i]->violation); };
    std::ranges::stable_sort(rest, [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    int rank = ranked.empty() ? 0 : ranked.back().rank + 1;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        rank += i > 0 && key(rest[i - 1]) < key(rest[i]) ? 1 : 0;
        ranked.push_back({rest[i], rank, 0});
    }
    return ranked;
}

} // namespace greenfront::search
