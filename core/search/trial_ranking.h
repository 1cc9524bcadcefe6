// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/optimiser.h"

#include <span>
#include <vector>

namespace greenfront::search {

/// What the order of trials hangs on.
struct Standing {
    Point minimised;      ///< each objective to be low; empty unless feasible
    double violation = 0; ///< of an infeasible trial; infinite for one that failed
    bool failed = false;

    bool feasible() const { return !minimised.empty(); }
};

struct Ranked {
    std::size_t index = 0; ///< in what was ranked
    int rank = 0;
    double spread = 0; ///< within its rank: the more, the better
};

Standing standingOf(const Trial& trial, const Point& minimised);
/// The best first: feasible ones by non-dominated rank, then by how much room they have in their rank; then
/// infeasible ones by how little they violate (Deb et al. 2002); then failed ones.
std::vector<Ranked> bestFirst(std::span<const Standing* const> standings);

} // namespace greenfront::search
