// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/carried_task.h"

#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

constexpr std::size_t fewestTrials = 3;
constexpr double farthest = 3; ///< behind the best, in distances of the median
constexpr double headroom = 8; ///< keeps distances between the largest numbers finite
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

Json valueOf(const SpaceParameter& parameter, double value) {
    return parameter.values.empty() ? Json(value) : parameter.values[static_cast<std::size_t>(value)];
}

/// The past value as one of the new parameter.
std::optional<double> carried(const SpaceParameter& past, double value, const ParameterSpace& space,
                              std::size_t index) {
    const SpaceParameter& parameter = space[index];
    const Json json = valueOf(past, value);
    if (!parameter.values.empty()) {
        const auto found = std::ranges::find(parameter.values, json);
        return found == parameter.values.end()
                   ? std::nullopt
                   : std::optional(static_cast<double>(found - parameter.values.begin()));
    }
    if (!json.is_number())
        return std::nullopt;
    const auto number = json.get<double>();
    const double snapped = space.valueAt(index, space.unitOf(index, number));
    // Steps may differ, bounds may not be overstepped by more than half of one.
    const bool bounded =
        parameter.distribution == Distribution::Uniform || parameter.distribution == Distribution::Log;
    const double slack = std::max(parameter.step, parameter.quantum) / 2 +
                         (parameter.type == ParameterType::Integer ? 0.5 : 0) +
                         1e-9 * std::max(std::abs(parameter.low), std::abs(parameter.high));
    if (bounded && (number < parameter.low - slack || number > parameter.high + slack))
        return std::nullopt;
    return std::isfinite(snapped) ? std::optional(snapped) : std::nullopt;
}

bool compatible(const SpaceParameter& past, const ParameterSpace& space, std::size_t index) {
    if (past.values.empty() && space[index].values.empty())
        return true;
    if (!past.values.empty()) {
        for (std::size_t i = 0; i < past.values.size(); ++i)
            if (carried(past, static_cast<double>(i), space, index))
                return true;
        return false;
    }
    return std::ranges::any_of(space[index].values, [](const Json& value) { return value.is_number(); });
}

/// By the new space's parameters: which of the past one's it is.
std::vector<std::optional<std::size_t>> twins(const ParameterSpace& past, const ParameterSpace& space) {
    std::vector<std::optional<std::size_t>> result(space.size());
    for (std::size_t i = 0; i < space.size(); ++i)
        if (const auto twin = past.find(space[i].name); twin && compatible(past[*twin], space, i))
            result[i] = twin;
    return result;
}

std::optional<Assignment> carriedAssignment(const PastTask& task, const Assignment& past,
                                            const ParameterSpace& space,
                                            const std::vector<std::optional<std::size_t>>& twin) {
    Assignment assignment{std::vector<double>(space.size(), missing)};
    for (std::size_t i = 0; i < space.size(); ++i) {
        if (!twin[i] || std::isnan(past.values[*twin[i]]))
            continue;
        const auto value = carried(task.space[*twin[i]], past.values[*twin[i]], space, i);
        if (!value)
            return std::nullopt;
        assignment.values[i] = *value;
    }
    return assignment;
}

void normalise(std::vector<Point>& points) {
    for (std::size_t objective = 0; objective < points.front().size(); ++objective) {
        std::vector<double> values;
        values.reserve(points.size());
        for (const Point& point : points)
            values.push_back(point[objective] / headroom);
        const double best = std::ranges::min(values);
        const double median = quantileOf(values, 0.5);
        const double worst = std::ranges::max(values);
        const double end = median > best ? std::min(worst, best + farthest * (median - best)) : worst;
        for (Point& point : points)
            point[objective] =
                end > best ? (std::min(point[objective] / headroom, end) - best) / (end - best) : 0.0;
    }
}

CarriedTask carriedTask(const PastTask& task, const ParameterSpace& space,
                        const std::vector<std::optional<std::size_t>>& twin) {
    CarriedTask result{task.name, {}, {}, {}, task.metaFeatures};
    result.shared.reserve(twin.size());
    for (const auto& index : twin)
        result.shared.push_back(index.has_value());
    for (const Trial& trial : task.trials) {
        if (!trial.outcome.feasible())
            continue;
        auto assignment = carriedAssignment(task, trial.assignment, space, twin);
        if (!assignment)
            continue;
        Point point = trial.outcome.objectives;
        for (std::size_t i = 0; i < point.size(); ++i)
            if (task.directions[i] == Direction::Maximise)
                point[i] = -point[i];
        result.assignments.push_back(std::move(*assignment));
        result.normalised.push_back(std::move(point));
    }
    if (!result.normalised.empty())
        normalise(result.normalised);
    return result;
}

} // namespace

CarriedHistory carriedOver(const History& history, const ParameterSpace& space,
                           const std::vector<Direction>& directions) {
    CarriedHistory result;
    for (const PastTask& task : history.tasks) {
        if (task.directions != directions) {
            result.leftOut.push_back({task.name, "its objectives are others"});
            continue;
        }
        const auto twin = twins(task.space, space);
        if (std::ranges::none_of(twin, [](const auto& index) { return index.has_value(); })) {
            result.leftOut.push_back({task.name, "it shares no parameter"});
            continue;
        }
        CarriedTask carried = carriedTask(task, space, twin);
        if (carried.assignments.size() < fewestTrials)
            result.leftOut.push_back({task.name, "fewer than 3 of its trials lie in the new space"});
        else
            result.tasks.push_back(std::move(carried));
    }
    return result;
}

} // namespace greenfront::search
