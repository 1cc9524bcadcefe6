// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/importance.h"

#include "core/base/statistics.h"
#include "core/search/variance_tree.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr std::size_t treeCount = 64, mostSamples = 1000, leastTrials = 4;

/// Drawn with replacement.
TreeSamples resampled(const ParameterSpace& space, std::span<const Assignment> assignments,
                      std::span<const double> values, std::span<const std::size_t> usable, Rng& rng) {
    TreeSamples samples{.width = space.size(), .places = {}, .values = {}};
    const std::size_t count = std::min(usable.size(), mostSamples);
    samples.places.reserve(count * samples.width);
    samples.values.reserve(count);
    for (std::size_t drawn = 0; drawn < count; ++drawn) {
        const std::size_t trial = usable[rng.below(usable.size())];
        samples.values.push_back(values[trial]);
        for (std::size_t i = 0; i < space.size(); ++i) {
            const double value = assignments[trial].values[i];
            const bool category = space.isCategorical(i);
            if (!std::isnan(value))
                samples.places.push_back(category ? value : space.unitOf(i, value));
            else if (category)
                samples.places.push_back(static_cast<double>(rng.below(space[i].values.size())));
            else
                samples.places.push_back(rng.uniform());
        }
    }
    // Of numbers that are large beside their differences, too little would be left by squaring.
    const double mean =
        std::accumulate(samples.values.begin(), samples.values.end(), 0.0) / static_cast<double>(count);
    for (double& value : samples.values)
        value -= mean;
    return samples;
}

Importance summaryOf(std::vector<double> shares) {
    Importance importance;
    importance.share =
        std::accumulate(shares.begin(), shares.end(), 0.0) / static_cast<double>(shares.size());
    importance.low = std::min(quantileOf(shares, 0.025), importance.share);
    importance.high = std::max(quantileOf(std::move(shares), 0.975), importance.share);
    return importance;
}

} // namespace

std::vector<Importance> importancesOf(const ParameterSpace& space, std::span<const Assignment> assignments,
                                      std::span<const double> values, std::uint64_t seed) {
    assert(assignments.size() == values.size());
    std::vector<std::size_t> usable;
    usable.reserve(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (std::isfinite(values[i]))
            usable.push_back(i);
    if (usable.size() < leastTrials)
        return {};
    std::vector<std::vector<double>> shares(space.size());
    for (std::size_t tree = 0; tree < treeCount; ++tree) {
        Rng rng(seed, tree);
        const auto parts = varianceShares(space, resampled(space, assignments, values, usable, rng));
        for (std::size_t i = 0; i < parts.size(); ++i)
            shares[i].push_back(parts[i]);
    }
    if (shares.empty() || shares.front().empty())
        return {};
    std::vector<Importance> importances;
    importances.reserve(space.size());
    for (auto& each : shares)
        importances.push_back(summaryOf(std::move(each)));
    return importances;
}

} // namespace greenfront::search
