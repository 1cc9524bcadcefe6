// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/carried_task.h"

namespace greenfront::search {

/// Indices of the tasks whose data sets are like the new one, the nearest first (Feurer, Springenberg and
/// Hutter 2015): the mean distance in the meta-features that both have, each in its deviations over all of
/// them. Tasks without a common meta-feature come last, in their order.
std::vector<std::size_t> nearestTasks(std::span<const CarriedTask> tasks, const MetaFeatures& features);
/// Does any task have a meta-feature that the new data set has too?
bool areComparable(std::span<const CarriedTask> tasks, const MetaFeatures& features);

} // namespace greenfront::search
