// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/shrunk_range.h"

#include <algorithm>
#include <cmath>

namespace greenfront::search {
namespace {

constexpr double narrowest = 0.1;

void widen(double& low, double& high) {
    const double more = (narrowest - (high - low)) / 2;
    if (more <= 0)
        return;
    low = std::clamp(low - more, 0.0, 1 - narrowest);
    high = low + narrowest;
}

} // namespace

ShrunkRange shrunkRange(const ParameterSpace& space, std::span<const CarriedTask> tasks) {
    ShrunkRange range{std::vector<double>(space.size(), 1.0), std::vector<double>(space.size(), 0.0),
                      std::vector<std::vector<double>>(space.size())};
    for (const CarriedTask& task : tasks) {
        const std::vector<Direction> directions(task.normalised.front().size(), Direction::Minimise);
        for (const std::size_t optimum : paretoFront(task.normalised, directions))
            for (std::size_t i = 0; i < space.size(); ++i) {
                const double value = task.assignments[optimum].values[i];
                if (std::isnan(value))
                    continue;
                const double unit = space.unitOf(i, value);
                const double half = space.widthOf(i, value) / 2;
                range.low[i] = std::min(range.low[i], std::max(0.0, unit - half));
                range.high[i] = std::max(range.high[i], std::min(1.0, unit + half));
                auto& values = range.values[i];
                if (space.isCategorical(i) && std::ranges::find(values, value) == values.end())
                    values.push_back(value);
            }
    }
    for (std::size_t i = 0; i < space.size(); ++i) {
        if (range.low[i] > range.high[i]) { // nobody says anything of it
            range.low[i] = 0;
            range.high[i] = 1;
        }
        std::ranges::sort(range.values[i]);
        widen(range.low[i], range.high[i]);
    }
    return range;
}

double ShrunkRange::share(const ParameterSpace& space) const {
    double share = 1;
    for (std::size_t i = 0; i < space.size(); ++i)
        share *= values[i].empty()
                     ? high[i] - low[i]
                     : static_cast<double>(values[i].size()) / static_cast<double>(space.cells(i));
    return share;
}

Assignment ShrunkRange::sample(const ParameterSpace& space, double escape, Rng& rng) const {
    if (rng.chance(escape))
        return space.sample(rng);
    std::vector<double> unit;
    unit.reserve(space.size());
    for (std::size_t i = 0; i < space.size(); ++i)
        unit.push_back(values[i].empty() ? rng.uniform(low[i], high[i])
                                         : space.unitOf(i, values[i][rng.below(values[i].size())]));
    return space.fromUnit(unit);
}

} // namespace greenfront::search
