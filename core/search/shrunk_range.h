// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/carried_task.h"

namespace greenfront::search {

/// The smallest box that holds the optima of past tasks (Perrone et al. 2019), on [0, 1] by each parameter's
/// distribution and never narrower than a tenth; of a categorical parameter the values that they have.
struct ShrunkRange {
    std::vector<double> low, high;           ///< one a parameter
    std::vector<std::vector<double>> values; ///< of categorical parameters; empty where any will do

    /// The box's share of the space, 0 to 1.
    double share(const ParameterSpace& space) const;
    /// From the box, or with the probability `escape` from anywhere in the space.
    Assignment sample(const ParameterSpace& space, double escape, Rng& rng) const;
};

/// With several objectives every point of a task's front counts as an optimum.
ShrunkRange shrunkRange(const ParameterSpace& space, std::span<const CarriedTask> tasks);

} // namespace greenfront::search
