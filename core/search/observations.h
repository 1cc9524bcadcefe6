// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"
#include "core/search/pareto.h"

#include <vector>

namespace greenfront::search {

/// What a search knows of itself, in the order of telling.
struct Observations {
    std::vector<Assignment> assignments; ///< of the feasible trials
    std::vector<Point> minimised;        ///< theirs, each to be low
    std::vector<Assignment> barred;      ///< infeasible or failed
    std::vector<Assignment> inFlight;

    std::vector<double> objective(std::size_t index) const {
        std::vector<double> values;
        values.reserve(minimised.size());
        for (const Point& point : minimised)
            values.push_back(point[index]);
        return values;
    }
};

} // namespace greenfront::search
