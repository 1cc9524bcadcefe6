// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/history.h"

namespace greenfront::search {

/// A past task as it is seen from a new space.
struct CarriedTask {
    std::string name;
    std::vector<bool> shared; ///< by the new space's parameters: does the past one say something of it?
    /// Of the feasible trials; not a number where a parameter is not shared or was not active.
    std::vector<Assignment> assignments;
    /// Their objectives, each to be low: 0 the best of the task, 1 the worst. What is further behind the
    /// best than three times the median is clipped, so that a diverged trial does not set the scale.
    std::vector<Point> normalised;
    MetaFeatures metaFeatures;
};

struct LeftOut {
    std::string task, reason;
};

struct CarriedHistory {
    std::vector<CarriedTask> tasks;
    std::vector<LeftOut> leftOut;
};

/// Parameters are the same where their names are and the one's values can be the other's: numbers of numbers,
/// list entries by what they stand for. A trial with a value that the new space does not have is dropped. A
/// task is left out where it shares no parameter, has other objectives, or fewer than 3 trials are left.
CarriedHistory carriedOver(const History& history, const ParameterSpace& space,
                           const std::vector<Direction>& directions);

} // namespace greenfront::search
