// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/variation.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

/// Polynomial mutation on [0, 1] with the distance to the bounds taken into account (Deb and Deb 2014).
double polynomial(double unit, double index, Rng& rng) {
    const double draw = rng.uniform();
    const double power = 1 / (index + 1);
    if (draw < 0.5) {
        const double below = 2 * draw + (1 - 2 * draw) * std::pow(1 - unit, index + 1);
        return unit + std::pow(below, power) - 1;
    }
    const double above = 2 * (1 - draw) + 2 * (draw - 0.5) * std::pow(unit, index + 1);
    return unit + 1 - std::pow(above, power);
}

/// One child of simulated binary crossover within [0, 1].
double binaryCrossed(double a, double b, double index, Rng& rng) {
    if (std::abs(a - b) < 1e-14)
        return a;
    const double low = std::min(a, b);
    const double high = std::max(a, b);
    const bool lower = rng.chance(0.5);
    const double room = lower ? low : 1 - high;
    const double alpha = 2 - std::pow(1 + 2 * room / (high - low), -(index + 1));
    const double draw = rng.uniform() * alpha;
    const double spread =
        draw <= 1 ? std::pow(draw, 1 / (index + 1)) : std::pow(1 / (2 - draw), 1 / (index + 1));
    const double child = 0.5 * (low + high + (lower ? -spread : spread) * (high - low));
    return std::clamp(child, 0.0, 1.0);
}

} // namespace

double mutatedValue(const ParameterSpace& space, std::size_t parameter, double value, double index,
                    Rng& rng) {
    const std::size_t cells = space.cells(parameter);
    if (space.isCategorical(parameter)) {
        const auto step = 1 + rng.below(cells - 1);
        return static_cast<double>((static_cast<std::size_t>(value) + step) % cells);
    }
    const double unit = space.unitOf(parameter, value);
    const double moved = space.valueAt(parameter, std::clamp(polynomial(unit, index, rng), 0.0, 1.0));
    const double width = space.widthOf(parameter, value);
    if (moved != value || width == 0)
        return moved;
    const bool up = unit + 0.5 * width >= 1 - 1e-12 ? false : unit - 0.5 * width <= 1e-12 || rng.chance(0.5);
    const double beyond = unit + (up ? 0.5 : -0.5) * width;
    return space.valueAt(parameter, std::clamp(beyond + (up ? 1e-9 : -1e-9), 0.0, 1.0));
}

void changeOne(const ParameterSpace& space, Assignment& assignment, Rng& rng, double index) {
    std::vector<std::size_t> active;
    for (std::size_t i = 0; i < space.size(); ++i)
        if (!std::isnan(assignment.values[i]))
            active.push_back(i);
    const std::size_t chosen = active[rng.below(active.size())];
    assignment.values[chosen] = mutatedValue(space, chosen, assignment.values[chosen], index, rng);
    space.settle(assignment, rng);
}

void mutate(const ParameterSpace& space, Assignment& assignment, double probability, double index, bool some,
            Rng& rng) {
    bool changed = false;
    for (std::size_t i = 0; i < space.size(); ++i) {
        double& value = assignment.values[i];
        if (std::isnan(value) || !rng.chance(probability))
            continue;
        value = mutatedValue(space, i, value, index, rng);
        changed = true;
    }
    if (some && !changed)
        changeOne(space, assignment, rng, index);
    else
        space.settle(assignment, rng);
}

Assignment crossed(const ParameterSpace& space, const Assignment& one, const Assignment& other, double index,
                   Rng& rng) {
    Assignment child = one;
    for (std::size_t i = 0; i < space.size(); ++i) {
        double& value = child.values[i];
        const double theirs = other.values[i];
        if (std::isnan(theirs) || value == theirs || !rng.chance(0.5))
            continue;
        if (std::isnan(value) || space.isCategorical(i))
            value = theirs;
        else
            value =
                space.valueAt(i, binaryCrossed(space.unitOf(i, value), space.unitOf(i, theirs), index, rng));
    }
    space.settle(child, rng);
    return child;
}

GridWalk::GridWalk(const ParameterSpace& space, std::size_t levels)
    : space_(&space),
      levels_(space.size(), 0),
      current_{std::vector<double>(space.size(), std::numeric_limits<double>::quiet_NaN())} {
    for (std::size_t i = 0; i < space.size(); ++i)
        counts_.push_back(space.cells(i) > 0 ? space.cells(i) : levels);
}

double GridWalk::unitAt(std::size_t parameter) const {
    const auto level = static_cast<double>(levels_[parameter]);
    const auto count = static_cast<double>(counts_[parameter]);
    const Distribution distribution = (*space_)[parameter].distribution;
    const bool bounded = distribution == Distribution::Uniform || distribution == Distribution::Log;
    return bounded && counts_[parameter] > 1 ? level / (count - 1) : (level + 0.5) / count;
}

bool GridWalk::advance() {
    const auto& order = space_->order();
    for (std::size_t i = order.size(); i > 0; --i) {
        const std::size_t at = order[i - 1];
        if (!std::isnan(current_.values[at]) && ++levels_[at] < counts_[at])
            return true;
        levels_[at] = 0;
    }
    return false;
}

std::optional<Assignment> GridWalk::next() {
    if (started_ && !advance())
        return std::nullopt;
    started_ = true;
    for (const std::size_t i : space_->order()) {
        double& value = current_.values[i];
        if (!space_->isActive(i, current_)) {
            value = std::numeric_limits<double>::quiet_NaN();
            continue;
        }
        const auto cells = space_->cells(i);
        if (cells > 0)
            value = space_->valueOfCell(i, levels_[i]);
        else
            value = space_->valueAt(i, unitAt(i));
    }
    return current_;
}

} // namespace greenfront::search
