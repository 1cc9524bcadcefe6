// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/search_history.h"

#include "core/search/archive.h"
#include "core/search/azure_space.h"
#include "core/search/hypervolume.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace greenfront::study {
namespace {

constexpr std::size_t trialsAsked = 20; ///< for the names of what they report
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// With a value an objective.
bool finished(const store::TrialRow& trial, std::size_t objectives) {
    return trial.result && trial.result->outcome == store::TrialOutcome::Finished &&
           trial.result->objectives.size() == objectives;
}

bool isBetter(double value, double best, Direction direction) {
    return std::isnan(best) || (direction == Direction::Minimise ? value < best : value > best);
}

double hypervolumeOf(const search::Archive& archive, const std::vector<Direction>& directions,
                     const search::Point& reference) {
    std::vector<search::Point> front;
    front.reserve(archive.size());
    for (const auto& member : archive.members())
        front.push_back(member.point);
    return search::hypervolume(front, directions, reference);
}

} // namespace

std::vector<HistoryStep> historyOf(const TuningResult& result) {
    const auto directions = search::directionsOf(result.tuning.objectives);
    search::Archive archive(directions);
    HistoryStep step{.best = search::Point(directions.size(), nothing)};
    std::vector<HistoryStep> steps;
    steps.reserve(result.trials.size());
    for (std::size_t i = 0; i < result.trials.size(); ++i) {
        const store::TrialRow& trial = result.trials[i];
        if (!trial.result)
            continue;
        step.trial = i;
        step.joules += trial.joules;
        step.seconds += trial.seconds;
        if (finished(trial, directions.size())) {
            const search::Point& point = trial.result->objectives;
            for (std::size_t k = 0; k < point.size(); ++k)
                if (isBetter(point[k], step.best[k], directions[k]))
                    step.best[k] = point[k];
            if (archive.insert(point, i)) // only a change of the front changes it
                step.hypervolume = hypervolumeOf(archive, directions, result.reference);
        }
        steps.push_back(step);
    }
    return steps;
}

std::vector<TrialCurve> curvesOf(store::Workspace& workspace, const TuningResult& result,
                                 const std::string& metric) {
    std::vector<TrialCurve> curves;
    curves.reserve(result.trials.size());
    for (std::size_t i = 0; i < result.trials.size(); ++i) {
        auto points = store::series(workspace, result.trials[i].run, metric);
        if (!points.empty())
            curves.push_back({.trial = i, .points = std::move(points)});
    }
    return curves;
}

std::vector<std::string> reportedMetrics(store::Workspace& workspace, const TuningResult& result) {
    std::set<std::string> told;
    const std::size_t count = std::min(result.trials.size(), trialsAsked);
    for (std::size_t i = result.trials.size() - count; i < result.trials.size(); ++i)
        for (auto& name : store::seriesNames(workspace, result.trials[i].run))
            told.insert(std::move(name));
    std::vector<std::string> names;
    names.reserve(told.size());
    for (const search::Objective& objective : result.tuning.objectives)
        if (told.erase(objective.name) > 0)
            names.push_back(objective.name);
    names.insert(names.end(), told.begin(), told.end());
    return names;
}

std::vector<search::Importance> importancesOf(const TuningResult& result, std::size_t objective) {
    const auto space = search::readParameterSpace(result.tuning.space);
    std::vector<search::Assignment> assignments;
    std::vector<double> values;
    assignments.reserve(result.trials.size());
    values.reserve(result.trials.size());
    for (const store::TrialRow& trial : result.trials) {
        if (!finished(trial, result.tuning.objectives.size()))
            continue;
        assignments.push_back(space.assignment(trial.parameters));
        values.push_back(trial.result->objectives[objective]);
    }
    return search::importancesOf(space, assignments, values);
}

} // namespace greenfront::study
