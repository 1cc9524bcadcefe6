// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/gaussian.h"
#include "core/search/parameter_space.h"
#include "core/search/pareto.h"

#include <functional>

namespace greenfront::search {

using Predictions = std::vector<Gaussian>;

/// Several objectives as one: the augmented Chebyshev norm (Knowles 2006, ParEGO); one objective as it is.
struct Folding {
    std::vector<double> weights; ///< together 1
    Point ideal;                 ///< the best value of each objective, from which it is measured

    double operator()(std::span<const double> minimised) const;
};

/// With weights drawn evenly from all that add up to 1.
Folding drawnFolding(Point ideal, Rng& rng);

/// By how much the folded objectives are expected to fall below best - margin (Jones, Schonlau and Welch
/// 1998; margin is Lizotte's xi): exact with one, by 64 draws with several. predictions:
/// [objective][candidate].
std::vector<double> expectedImprovements(std::span<const Predictions> predictions, const Folding& folding,
                                         double best, double margin, Rng& rng);

using Scores = std::function<std::vector<double>(std::span<const Assignment>)>;

/// The assignment with the greatest score that is found from these starts and so many draws of the space, by
/// ever smaller steps from the best of them; nothing where no score is above 0.
std::optional<Assignment> climbed(const ParameterSpace& space, std::vector<Assignment> starts,
                                  std::size_t draws, const Scores& scores, Rng& rng);

} // namespace greenfront::search
