// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <cstdint>
#include <span>
#include <vector>

namespace greenfront::search {

/// How much a parameter matters on its own: the part of a value's variance over the space that its mean for
/// each value of the parameter explains. 0 to 1; the parts of all parameters and of what only several of them
/// do together add up to 1.
struct Importance {
    double share = 0;
    double low = 0, high = 0; ///< 95 % of the trees are within
};

/// The functional analysis of variance of Hutter, Hoos and Leyton-Brown (2014): regression trees, each grown
/// on a resample of the trials, cut the space's [0, 1] coordinates into boxes, over which the means and
/// variances are sums. So the space counts as it is drawn from: evenly, by logarithm, by a normal
/// distribution. A parameter that is not active does nothing: it takes random values there, others in each
/// tree.
///
/// One a parameter of the space. Of at most 1,000 trials a tree, so that the time is bounded. What is not
/// finite is left out; empty where fewer than four trials or no differences are left. The same seed gives the
/// same. assignments: of the space, as many as values.
std::vector<Importance> importancesOf(const ParameterSpace& space, std::span<const Assignment> assignments,
                                      std::span<const double> values, std::uint64_t seed = 0);

} // namespace greenfront::search
