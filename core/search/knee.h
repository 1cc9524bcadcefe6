// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/pareto.h"

#include <optional>

namespace greenfront::search {

struct Knee {
    std::size_t index = 0; ///< of the points
    double distance = 0;   ///< from the chord, towards the ideal; 0 where the front does not bulge
};

/// The point of the front that bulges most towards the ideal (Das 1999; Branke et al. 2004): every objective
/// is scaled to 0 for the best value on the front and 1 for the worst, and the point is the furthest below
/// the plane through the points that are worst in one objective and best in all others; of two objectives
/// that is the chord between the ends. The first in the order of paretoFront() among equally far ones. Points
/// with a value that is not finite do not count; nothing where no other is left. Where the front is straight
/// or hollow, an end is the furthest, at distance 0.
std::optional<Knee> kneeOf(std::span<const Point> points, std::span<const Direction> directions);

} // namespace greenfront::search
