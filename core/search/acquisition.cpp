// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/acquisition.h"

#include "core/search/expected_hypervolume.h"
#include "core/search/variation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr double augmentation = 0.05; ///< ParEGO's rho
constexpr std::size_t normalDraws = 64;
constexpr int rounds = 12;
constexpr std::size_t kept = 8;   ///< candidates that are looked around
constexpr std::size_t around = 6; ///< looks at each

std::vector<Assignment> neighbourhood(const ParameterSpace& space, std::span<const Assignment> centres,
                                      double index, Rng& rng) {
    std::vector<Assignment> result;
    result.reserve(centres.size() * (around + 1));
    for (const Assignment& centre : centres) {
        result.push_back(centre);
        for (std::size_t look = 0; look < around; ++look) {
            Assignment& other = result.emplace_back(centre);
            for (std::size_t changes = 0; changes <= look % 3; ++changes)
                changeOne(space, other, rng, index);
        }
    }
    return result;
}

} // namespace

double Folding::operator()(std::span<const double> minimised) const {
    if (minimised.size() == 1)
        return minimised[0];
    double greatest = -std::numeric_limits<double>::max();
    double sum = 0;
    for (std::size_t i = 0; i < minimised.size(); ++i) {
        const double part = weights[i] * (minimised[i] - ideal[i]);
        greatest = std::max(greatest, part);
        sum += part;
    }
    return greatest + augmentation * sum;
}

Folding drawnFolding(Point ideal, Rng& rng) {
    const std::size_t objectives = ideal.size();
    Folding folding{{}, std::move(ideal)};
    folding.weights.reserve(objectives);
    for (std::size_t i = 0; i < objectives; ++i)
        folding.weights.push_back(objectives == 1 ? 1 : -std::log(1 - rng.uniform()));
    const double total = std::accumulate(folding.weights.begin(), folding.weights.end(), 0.0);
    for (double& weight : folding.weights)
        weight /= std::max(total, 1e-300);
    return folding;
}

std::vector<double> expectedImprovements(std::span<const Predictions> predictions, const Folding& folding,
                                         double best, double margin, Rng& rng) {
    const std::size_t objectives = predictions.size();
    std::vector<double> result(predictions.front().size(), 0.0);
    if (objectives == 1) {
        for (std::size_t i = 0; i < result.size(); ++i)
            result[i] = expectedGapBelow(best - margin, predictions[0][i]);
        return result;
    }
    std::vector<double> draws(normalDraws * objectives); // the same for all candidates
    std::ranges::generate(draws, [&] { return rng.normal(); });
    std::vector<double> point(objectives);
    for (std::size_t i = 0; i < result.size(); ++i)
        for (std::size_t draw = 0; draw < normalDraws; ++draw) {
            for (std::size_t k = 0; k < objectives; ++k)
                point[k] =
                    predictions[k][i].mean + predictions[k][i].deviation * draws[draw * objectives + k];
            result[i] += std::max(0.0, best - margin - folding(point)) / static_cast<double>(normalDraws);
        }
    return result;
}

std::optional<Assignment> climbed(const ParameterSpace& space, std::vector<Assignment> starts,
                                  std::size_t draws, const Scores& scores, Rng& rng) {
    std::vector<Assignment> candidates = std::move(starts);
    candidates.reserve(candidates.size() + draws);
    for (std::size_t i = 0; i < draws; ++i)
        candidates.push_back(space.sample(rng));
    double index = 5;
    for (int round = 0;; ++round) {
        const auto values = scores(candidates);
        std::vector<std::size_t> order(candidates.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return values[i]; });
        if (!(values[order.front()] > 0))
            return std::nullopt;
        if (round == rounds)
            return candidates[order.front()];
        std::vector<Assignment> centres;
        for (std::size_t i = 0; i < std::min(kept, order.size()); ++i)
            centres.push_back(candidates[order[i]]);
        candidates = neighbourhood(space, centres, index, rng);
        index *= 1.5; // ever smaller steps
    }
}

} // namespace greenfront::search
