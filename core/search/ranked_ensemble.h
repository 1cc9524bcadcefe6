// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/acquisition.h"
#include "core/search/observations.h"
#include "core/search/past_surrogate.h"
#include "core/search/rank_weights.h"

#include <functional>

namespace greenfront::search {

/// The surrogates of past tasks and the search's own, weighted by how well each orders what was observed
/// (Feurer, Letham and Bakshy 2018); each objective has weights of its own. Predictions are in deviations of
/// what was observed, from its mean.
class RankedEnsemble {
public:
    /// At least 3 observations. pastMeans: [task][objective], what each past surrogate predicts of them.
    /// Follows from its arguments. The past surrogates must outlive it.
    RankedEnsemble(const ParameterSpace& space, std::span<const PastSurrogate> past,
                   const std::vector<std::vector<std::vector<double>>>& pastMeans,
                   const Observations& observed, std::uint64_t seed);

    const std::vector<RankWeights>& weights() const { return weights_; } ///< one an objective
    /// Does no past task count?
    bool isOwnAlone() const;
    /// [objective][assignment].
    std::vector<Predictions> predict(const ParameterSpace& space,
                                     std::span<const Assignment> assignments) const;
    /// What is in flight is taken to come out as predicted, which leaves less to find out around it.
    void imagine(const ParameterSpace& space, const Observations& observed);

private:
    std::span<const PastSurrogate> past_;
    UnitEncoding encoding_;
    std::vector<GaussianProcess> own_;
    std::vector<RankWeights> weights_;
    std::vector<double> means_, deviations_; ///< of what was observed, by objective
};

/// Where the ensemble expects the greatest improvement on the best that it believes to have been observed,
/// times the probability of being feasible (Gardner et al. 2014). Nothing where none is expected.
std::optional<Assignment> suggested(RankedEnsemble ensemble, const ParameterSpace& space,
                                    const Observations& observed,
                                    const std::function<bool(const Assignment&)>& isNew, Rng& rng);

} // namespace greenfront::search
