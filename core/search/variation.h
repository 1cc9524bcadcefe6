// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <optional>
#include <vector>

namespace greenfront::search {

/// Another value of one parameter. Of a category any other; of numbers a near one by polynomial mutation
/// (Deb and Goyal 1996), the nearer the larger the index; of numbers with steps at least one step away.
double mutatedValue(const ParameterSpace& space, std::size_t parameter, double value, double index, Rng& rng);
/// Changes one active parameter and settles what depends on it.
void changeOne(const ParameterSpace& space, Assignment& assignment, Rng& rng, double index = 5);
/// Changes each active parameter with this probability, at least one of them if `some`.
void mutate(const ParameterSpace& space, Assignment& assignment, double probability, double index, bool some,
            Rng& rng);
/// Simulated binary crossover (Deb and Agrawal 1995) of numbers, one parent's value or the other's of
/// categories and of what only one of them has.
Assignment crossed(const ParameterSpace& space, const Assignment& one, const Assignment& other, double index,
                   Rng& rng);

/// Every combination in turn: all values of parameters with steps, `levels` values of continuous ones, spread
/// evenly over their distribution. Inactive parameters take no part.
class GridWalk {
public:
    GridWalk(const ParameterSpace& space, std::size_t levels);
    std::optional<Assignment> next();

private:
    double unitAt(std::size_t parameter) const;
    bool advance();

    const ParameterSpace* space_;
    std::vector<std::size_t> counts_, levels_;
    Assignment current_;
    bool started_ = false;
};

} // namespace greenfront::search
