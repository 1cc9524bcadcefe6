// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/grid.h"

namespace greenfront::search {

/// What was asked for before the study was taken up is known, so the walk finds its place by itself.
std::optional<Assignment> GridOptimiser::propose(std::uint64_t /*id*/, Rng& /*rng*/) {
    auto assignment = walk_.next();
    while (assignment && !isNew(*assignment))
        assignment = walk_.next();
    return assignment;
}

} // namespace greenfront::search
