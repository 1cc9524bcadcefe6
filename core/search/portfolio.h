// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/performance_matrix.h"

namespace greenfront::search {

/// Indices of configurations to try first, at most `size`: each adds the most to what the earlier ones reach
/// over all tasks (Wistuba, Schilling and Schmidt-Thieme 2015). Reached is the hypervolume of a task's
/// normalised values up to 1.1 in each objective, which with one objective is the best value. Ends early
/// where no other adds anything.
std::vector<std::size_t> greedyPortfolio(const PerformanceMatrix& matrix, std::size_t size);

} // namespace greenfront::search
