// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"
#include "core/search/pareto.h"

namespace greenfront::testing {

/// Points on a grid of `levels` values an objective: few levels make many ties and equal points.
inline std::vector<search::Point> randomPoints(std::size_t count, std::size_t objectives, std::size_t levels,
                                               Rng& rng) {
    std::vector<search::Point> points(count, search::Point(objectives));
    for (auto& point : points)
        for (double& value : point)
            value = static_cast<double>(rng.below(levels)) / 4.0 - 10.0;
    return points;
}

inline std::vector<Direction> randomDirections(std::size_t objectives, Rng& rng) {
    std::vector<Direction> directions;
    for (std::size_t i = 0; i < objectives; ++i)
        directions.push_back(rng.chance(0.5) ? Direction::Minimise : Direction::Maximise);
    return directions;
}

} // namespace greenfront::testing
