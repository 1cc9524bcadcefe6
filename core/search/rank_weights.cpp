// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/rank_weights.h"

#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr std::size_t resamples = 200;
constexpr std::size_t mostPairedValues = 60; ///< the newest; pairs grow with their square

constexpr double oneInTwenty = 1.645; ///< deviations of a normal variable

int sign(double value) {
    return value > 0 ? 1 : value < 0 ? -1 : 0;
}

/// 1 for each pair that is ordered otherwise than observed. of: what value i is said to be; against: with
/// what value j is compared.
std::vector<unsigned char> misordered(std::span<const double> of, std::span<const double> against,
                                      std::span<const double> observed) {
    const std::size_t count = observed.size();
    std::vector<unsigned char> wrong(count * count, 0);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < count; ++j)
            wrong[i * count + j] = (of[i] < against[j]) != (observed[i] < observed[j]) ? 1 : 0;
    for (std::size_t i = 0; i < count; ++i)
        wrong[i * count + i] = 0;
    return wrong;
}

double lossOf(const std::vector<unsigned char>& wrong, std::span<const std::size_t> sample) {
    const std::size_t count = sample.size();
    std::size_t loss = 0;
    for (const std::size_t i : sample)
        for (const std::size_t j : sample)
            loss += wrong[i * count + j];
    return static_cast<double>(loss);
}

} // namespace

double concordance(std::span<const double> predicted, std::span<const double> observed) {
    const std::size_t count = observed.size();
    int sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t j = 0; j < i; ++j)
            sum += sign(predicted[i] - predicted[j]) * sign(observed[i] - observed[j]);
    return count < 2 ? 0 : 2.0 * sum / (static_cast<double>(count) * static_cast<double>(count - 1));
}

bool betterThanChance(double concordance, std::size_t count) {
    const auto n = static_cast<double>(count);
    return count >= 3 && concordance > oneInTwenty * std::sqrt(2 * (2 * n + 5) / (9 * n * (n - 1)));
}

RankWeights rankWeights(std::span<const std::vector<double>> past, std::span<const double> leftOut,
                        std::span<const double> observed, Rng& rng) {
    RankWeights weights{std::vector<double>(past.size(), 0.0), 1};
    const std::size_t count = std::min(observed.size(), mostPairedValues);
    if (count < 3)
        return weights;
    observed = observed.last(count);
    std::vector<std::size_t> candidates;
    std::vector<std::vector<unsigned char>> wrong;
    for (std::size_t i = 0; i < past.size(); ++i) {
        const auto predicted = std::span(past[i]).last(count);
        if (!betterThanChance(concordance(predicted, observed), count))
            continue;
        candidates.push_back(i);
        wrong.push_back(misordered(predicted, predicted, observed));
    }
    wrong.push_back(misordered(leftOut.last(count), observed, observed)); // the own one is the last
    std::vector<std::vector<double>> losses(wrong.size());
    std::vector<std::size_t> sample(count);
    for (std::size_t s = 0; s < resamples; ++s) {
        std::ranges::generate(sample, [&] { return rng.below(count); });
        for (std::size_t i = 0; i < wrong.size(); ++i)
            losses[i].push_back(lossOf(wrong[i], sample));
    }
    const double bound = quantileOf(losses.back(), 0.95);
    std::vector<bool> kept;
    kept.reserve(candidates.size());
    for (std::size_t i = 0; i < candidates.size(); ++i)
        kept.push_back(quantileOf(losses[i], 0.5) <= bound);
    for (std::size_t s = 0; s < resamples; ++s) {
        double least = losses.back()[s];
        std::vector<std::size_t> winners;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (!kept[i] || losses[i][s] >= least + (winners.empty() ? 0 : 1))
                continue;
            if (losses[i][s] < least)
                winners.clear();
            least = losses[i][s];
            winners.push_back(candidates[i]);
        }
        for (const std::size_t winner : winners)
            weights.past[winner] += 1.0 / static_cast<double>(resamples * winners.size());
    }
    weights.own = std::max(0.0, 1 - std::accumulate(weights.past.begin(), weights.past.end(), 0.0));
    return weights;
}

} // namespace greenfront::search
