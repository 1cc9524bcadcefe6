// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/acquisition.h"
#include "core/search/latent_factors.h"
#include "core/search/observations.h"
#include "core/search/performance_matrix.h"

#include <functional>

namespace greenfront::search {

/// Search among configurations that past tasks know, by probabilistic matrix factorisation (Fusi, Sheth and
/// Elibol 2018): the greatest expected improvement, with xi = 0.01 deviations, on a new data set whose row of
/// results is filled in by those of the past ones. Each objective is factorised on its own.
class FactorisedSearch {
public:
    /// Of at least 2 tasks and 2 configurations; throws Error.
    explicit FactorisedSearch(const PerformanceMatrix& matrix);

    /// A configuration that was not tried; nothing where none was tried that is known, where all were, where
    /// no improvement is to be expected, or where the factors order what was tried no better than chance.
    std::optional<Assignment> suggested(const Observations& observed,
                                        const std::function<bool(const Assignment&)>& isNew, Rng& rng) const;
    std::size_t factors() const { return factors_.front().factors(); }

private:
    struct Known;

    bool areTrusted(const Known& known) const;

    std::vector<Assignment> configurations_;
    std::vector<LatentFactors> factors_; ///< one an objective
};

} // namespace greenfront::search
