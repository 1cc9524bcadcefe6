// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/past_surrogate.h"

namespace greenfront::search {

/// What past tasks know of the same configurations.
struct PerformanceMatrix {
    std::vector<Assignment> configurations; ///< complete, of the new space
    std::vector<std::vector<Point>> values; ///< [task][configuration], as CarriedTask::normalised counts
    std::vector<std::size_t> measured;      ///< by task, how many of them it has tried itself
};

/// Of at most so many configurations: those that stand for each task in turn (see representativeTrials), the
/// best first; what a task does not say of them is drawn from the space. A value that was not measured is its
/// task's surrogate's (one a task) mean.
PerformanceMatrix performanceMatrix(const ParameterSpace& space, std::span<const CarriedTask> tasks,
                                    std::span<const PastSurrogate> surrogates, std::size_t most, Rng& rng);

} // namespace greenfront::search
