// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/tpe.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace greenfront::search {
namespace {

constexpr std::size_t allAlike = 25; ///< so many of the newest trials count fully, older ones ever less

/// Weights 1, and in front of the newest 25 a ramp that begins at 1 / count.
std::vector<float> ramp(std::size_t count) {
    std::vector<float> weights(count, 1.0F);
    if (count <= allAlike)
        return weights;
    const std::size_t old = count - allAlike;
    const double first = 1 / static_cast<double>(count);
    for (std::size_t i = 0; i < old; ++i) {
        const double along = old == 1 ? 0 : static_cast<double>(i) / static_cast<double>(old - 1);
        weights[i] = static_cast<float>(first + (1 - first) * along);
    }
    return weights;
}

std::size_t drawnIndex(std::span<const float> weights, Rng& rng) {
    double left = rng.uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t i = 0; i + 1 < weights.size(); ++i) {
        left -= weights[i];
        if (left < 0)
            return i;
    }
    return weights.size() - 1;
}

auto key(const Standing& standing) {
    const int group = standing.feasible() ? 0 : standing.failed ? 2 : 1;
    return std::tuple(group, group == 0 ? standing.minimised.front() : standing.violation);
}

} // namespace

TpeOptimiser::TpeOptimiser(SearchSetup setup, TpeOptions options)
    : Optimiser(std::move(setup)), options_(options), kernels_(space()) {}

void TpeOptimiser::learn(const Trial& trial, const Point& minimised) {
    kernels_.append(trial.assignment);
    kernels_.adapt(kernels_.size());
    standings_.push_back(standingOf(trial, minimised));
    place(standings_.size() - 1);
}

void TpeOptimiser::place(std::size_t index) {
    const Standing& standing = standings_[index];
    if (single()) {
        const auto before = [this](std::size_t a, std::size_t b) {
            return key(standings_[a]) < key(standings_[b]);
        };
        order_.insert(std::ranges::upper_bound(order_, index, before), index);
        return;
    }
    if (standings_.size() - order_.size() > standings_.size() / 64) {
        rankAll();
        return;
    }
    const std::vector<Direction> down(directions().size(), Direction::Minimise);
    if (standing.feasible() && std::ranges::none_of(front_, [&](std::size_t member) {
            return dominates(standings_[member].minimised, standing.minimised, down);
        }))
        recent_.push_back(index);
}

void TpeOptimiser::rankAll() {
    std::vector<const Standing*> all;
    for (const Standing& standing : standings_)
        all.push_back(&standing);
    order_.clear();
    front_.clear();
    recent_.clear();
    for (const Ranked& ranked : bestFirst(all)) {
        order_.push_back(ranked.index);
        if (ranked.rank == 0 && standings_[ranked.index].feasible())
            front_.push_back(ranked.index);
    }
}

/// In the order of telling.
std::vector<std::size_t> TpeOptimiser::goodOnes() const {
    auto most = static_cast<std::size_t>(std::ceil(options_.good * static_cast<double>(standings_.size())));
    if (single())
        most = std::min(most, options_.mostGood);
    std::vector<std::size_t> good = recent_;
    for (std::size_t i = 0; i < order_.size() && good.size() < most; ++i)
        if (!standings_[order_[i]].failed)
            good.push_back(order_[i]);
    std::ranges::sort(good);
    return good;
}

/// One a kernel of all that was told or is in flight: 1 of the prior, 0 of the good ones.
std::vector<float> TpeOptimiser::weightsOfBad(std::span<const std::size_t> good) const {
    const std::vector<float> bad = ramp(kernels_.size() - 1 - good.size());
    std::vector<float> weights(kernels_.size(), 0.0F);
    weights[0] = 1;
    std::size_t next = 0;
    std::size_t passed = 0;
    for (std::size_t kernel = 1; kernel < weights.size(); ++kernel) {
        if (passed < good.size() && good[passed] == kernel - 1)
            ++passed;
        else
            weights[kernel] = bad[next++];
    }
    return weights;
}

Assignment TpeOptimiser::best(const KernelTable& good, Rng& rng, std::span<const float> badWeights) const {
    std::vector<float> goodWeights = ramp(good.size() - 1);
    goodWeights.insert(goodWeights.begin(), 1.0F);
    std::vector<Assignment> candidates;
    for (std::size_t i = 0; i < options_.candidates; ++i)
        candidates.push_back(good.draw(drawnIndex(goodWeights, rng), rng));
    const auto likely = good.logDensities(candidates, goodWeights);
    const auto unlikely = kernels_.logDensities(candidates, badWeights);
    const auto score = [&](std::size_t i) {
        return std::pair(isNew(candidates[i]), likely[i] - unlikely[i]);
    };
    std::size_t chosen = 0;
    for (std::size_t i = 1; i < candidates.size(); ++i)
        if (score(i) > score(chosen))
            chosen = i;
    return candidates[chosen];
}

std::optional<Assignment> TpeOptimiser::propose(std::uint64_t /*id*/, Rng& rng) {
    if (standings_.size() < options_.startup)
        return space().sample(rng);
    const auto good = goodOnes();
    if (good.empty())
        return space().sample(rng);
    KernelTable goodKernels(space());
    for (const std::size_t index : good)
        goodKernels.append(trials()[index].assignment);
    goodKernels.adapt(good.size());
    const std::size_t told = kernels_.size();
    for (const auto& [id, assignment] : inFlight())
        kernels_.append(assignment);
    Assignment assignment = best(goodKernels, rng, weightsOfBad(good));
    kernels_.truncate(told);
    return assignment;
}

} // namespace greenfront::search
