// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/search/pagmo_oracle.h"

#include <pagmo/utils/hypervolume.hpp>
#include <pagmo/utils/multi_objective.hpp>

namespace greenfront::testing {

std::vector<int> pagmoRanks(const std::vector<std::vector<double>>& points) {
    const auto sorted = pagmo::fast_non_dominated_sorting(points);
    std::vector<int> ranks;
    for (const auto rank : std::get<3>(sorted))
        ranks.push_back(static_cast<int>(rank));
    return ranks;
}

double pagmoHypervolume(const std::vector<std::vector<double>>& points,
                        const std::vector<double>& reference) {
    return pagmo::hypervolume(points, true).compute(reference);
}

std::vector<double> pagmoContributions(const std::vector<std::vector<double>>& points,
                                       const std::vector<double>& reference) {
    return pagmo::hypervolume(points, true).contributions(reference);
}

std::vector<double> pagmoCrowding(const std::vector<std::vector<double>>& front) {
    return pagmo::crowding_distance(front);
}

} // namespace greenfront::testing
