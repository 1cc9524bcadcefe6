// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"

#include <cstddef>
#include <span>
#include <vector>

namespace greenfront::search {

/// Kendall's tau-a: the share of pairs that both order alike, less the share of those that they order the
/// other way; 0 for fewer than two. As many of both.
double concordance(std::span<const double> predicted, std::span<const double> observed);
/// Would independent pairs of values, so many, have so great a concordance in fewer than 1 of 20 cases
/// (Kendall 1938)? Never for fewer than 3.
bool betterThanChance(double concordance, std::size_t count);

/// How much each surrogate counts in an ensemble; together 1.
struct RankWeights {
    std::vector<double> past; ///< one a past task
    double own = 1;
};

/// RGPE (Feurer, Letham and Bakshy 2018): a surrogate's weight is how often, over resamples of what was
/// observed, it misorders the fewest pairs. A past one that is not clearly as good as the own (its median
/// loss is above 95 % of the own one's) or that orders no better than chance counts nothing, so that many
/// unrelated tasks do not dilute; the own wins ties.
/// past: what each predicts of the observed, in any unit. leftOut: what the own predicts of each value in its
/// unit without having seen it.
RankWeights rankWeights(std::span<const std::vector<double>> past, std::span<const double> leftOut,
                        std::span<const double> observed, Rng& rng);

} // namespace greenfront::search
