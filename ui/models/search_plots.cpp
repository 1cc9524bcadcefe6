// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/search_plots.h"

#include "core/base/text.h"
#include "ui/models/texts.h"
#include "ui/models/trial_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>

namespace greenfront::ui {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

QString roleTitle(SeriesRole role, bool several) {
    switch (role) {
    case SeriesRole::Finished:
        return QStringLiteral("finished");
    case SeriesRole::Front:
        return several ? QStringLiteral("on the front") : QStringLiteral("best");
    case SeriesRole::Infeasible:
        return QStringLiteral("breaks a constraint");
    case SeriesRole::Stopped:
        return QStringLiteral("stopped");
    case SeriesRole::Failed:
        return QStringLiteral("failed");
    case SeriesRole::Running:
        return QStringLiteral("running");
    case SeriesRole::Best:
        return QStringLiteral("best so far");
    }
    return {};
}

SeriesRole roleOf(const SearchView& view, std::size_t trial) {
    const auto& result = view.result.trials[trial].result;
    if (!result)
        return SeriesRole::Running;
    if (view.onFront[trial])
        return SeriesRole::Front;
    constexpr std::array roles{SeriesRole::Finished, SeriesRole::Stopped, SeriesRole::Infeasible,
                               SeriesRole::Failed};
    return roles.at(static_cast<std::size_t>(result->outcome));
}

std::int64_t idOf(const SearchView& view, std::size_t trial) {
    return static_cast<std::int64_t>(view.result.trials[trial].number);
}

double valueOf(const SearchView& view, std::size_t trial, std::size_t objective) {
    const auto& result = view.result.trials[trial].result;
    return result && objective < result->objectives.size() ? result->objectives[objective] : nothing;
}

/// Points by what became of their trials, those that matter most behind, so that they are drawn over others.
class PointsByRole {
public:
    explicit PointsByRole(const SearchView& view) : view_(view) {}

    void add(std::size_t trial, double x, double y) {
        if (std::isfinite(x) && std::isfinite(y))
            pointsOf(roleOf(view_, trial)).push_back({x, y, idOf(view_, trial)});
    }

    void moveTo(std::vector<PlotSeries>& series) {
        for (const SeriesRole role : {SeriesRole::Infeasible, SeriesRole::Finished, SeriesRole::Front})
            if (!pointsOf(role).empty())
                series.push_back({.title = roleTitle(role, view_.objectives().size() > 1),
                                  .role = role,
                                  .points = std::move(pointsOf(role))});
    }

private:
    std::vector<PlotPoint>& pointsOf(SeriesRole role) { return points_.at(static_cast<std::size_t>(role)); }

    const SearchView& view_;
    std::array<std::vector<PlotPoint>, 7> points_;
};

bool allAbove0(const std::vector<PlotSeries>& series) {
    bool any = false;
    for (const PlotSeries& each : series)
        for (const PlotPoint& point : each.points) {
            if (point.y <= 0)
                return false;
            any = any || point.y > 0;
        }
    return any;
}

const search::Objective& objectiveOf(const SearchView& view, const SearchChoice& choice) {
    return view.objectives().at(choice.objective);
}

PlotAxis parameterAxis(const search::SpaceParameter& parameter) {
    PlotAxis axis{.title = qt(parameter.name)};
    axis.logarithmic = parameter.distribution == search::Distribution::Log ||
                       parameter.distribution == search::Distribution::LogNormal;
    for (std::size_t i = 0; i < parameter.values.size(); ++i)
        axis.names.emplace_back(static_cast<double>(i), parameterText(parameter.values[i]));
    return axis;
}

/// So that trials with the same value of a category do not hide each other; the same for the same trial.
double jitter(std::int64_t id) {
    return (static_cast<double>((id * 7919) % 101) / 101 - 0.5) * 0.36;
}

} // namespace

QString objectiveTitle(const search::Objective& objective) {
    return objective.direction == Direction::Minimise
               ? QStringLiteral("%1 – lower is better").arg(qt(objective.name))
               : QStringLiteral("%1 – higher is better").arg(qt(objective.name));
}

PlotData historyPlot(const SearchView& view, const SearchChoice& choice) {
    PlotData data{.x = {.title = QStringLiteral("Ended trials"), .whole = true},
                  .y = {.title = objectiveTitle(objectiveOf(view, choice))}};
    PointsByRole points(view);
    PlotSeries best{.title = roleTitle(SeriesRole::Best, false),
                    .role = SeriesRole::Best,
                    .form = PlotSeries::Form::Steps};
    for (std::size_t i = 0; i < view.steps.size(); ++i) {
        const study::HistoryStep& step = view.steps[i];
        const double x = static_cast<double>(i) + 1;
        points.add(step.trial, x, valueOf(view, step.trial, choice.objective));
        if (const double value = step.best.at(choice.objective); std::isfinite(value))
            best.points.push_back({x, value});
    }
    if (!best.points.empty())
        data.series.push_back(std::move(best));
    points.moveTo(data.series);
    data.y.logarithmic = choice.logarithmic && allAbove0(data.series);
    return data;
}

PlotData costPlot(const SearchView& view, const SearchChoice& choice) {
    const bool several = view.objectives().size() > 1;
    PlotData data{.x = {.title = QStringLiteral("Energy of all trials (J)"), .prefixes = true},
                  .y = {.title = several ? QStringLiteral("Hypervolume – higher is better")
                                         : objectiveTitle(objectiveOf(view, choice))}};
    PlotSeries reached{.title = several ? QStringLiteral("hypervolume") : roleTitle(SeriesRole::Best, false),
                       .role = SeriesRole::Best,
                       .form = PlotSeries::Form::Steps};
    for (const study::HistoryStep& step : view.steps) {
        const double value = several ? step.hypervolume : step.best.at(choice.objective);
        if (std::isfinite(value))
            reached.points.push_back({step.joules.value, value});
    }
    if (!reached.points.empty() && reached.points.back().x > 0)
        data.series.push_back(std::move(reached));
    data.y.logarithmic = !several && choice.logarithmic && allAbove0(data.series);
    return data;
}

PlotData slicePlot(const SearchView& view, std::size_t parameter, const SearchChoice& choice) {
    PlotData data{.x = parameterAxis((*view.space)[parameter]),
                  .y = {.title = objectiveTitle(objectiveOf(view, choice))}};
    PointsByRole points(view);
    for (std::size_t i = 0; i < view.result.trials.size(); ++i) {
        const double x = view.assignments[i].values[parameter];
        points.add(i, data.x.names.empty() ? x : x + jitter(idOf(view, i)),
                   valueOf(view, i, choice.objective));
    }
    points.moveTo(data.series);
    data.y.logarithmic = choice.logarithmic && allAbove0(data.series);
    return data;
}

PlotData reportsPlot(const SearchView& view, bool logarithmic) {
    PlotData data{.x = {.title = QStringLiteral("Step")}, .y = {.title = qt(view.metric)}};
    std::array<std::vector<PlotPoint>, 7> lines;
    std::vector<PlotPoint> ends;
    for (const study::TrialCurve& curve : view.curves) {
        const SeriesRole role = roleOf(view, curve.trial);
        auto& line = lines.at(static_cast<std::size_t>(role));
        for (const store::SeriesPoint& point : curve.points)
            line.push_back({static_cast<double>(point.step), point.value, idOf(view, curve.trial)});
        if (role == SeriesRole::Stopped)
            ends.push_back(line.back());
        line.push_back({nothing, nothing});
    }
    for (const SeriesRole role : {SeriesRole::Failed, SeriesRole::Infeasible, SeriesRole::Stopped,
                                  SeriesRole::Finished, SeriesRole::Running, SeriesRole::Front})
        if (auto& line = lines.at(static_cast<std::size_t>(role)); !line.empty())
            data.series.push_back({.title = roleTitle(role, view.objectives().size() > 1),
                                   .role = role,
                                   .form = PlotSeries::Form::Lines,
                                   .points = std::move(line)});
    if (!ends.empty())
        data.series.push_back({.title = QStringLiteral("where it was stopped"),
                               .role = SeriesRole::Stopped,
                               .points = std::move(ends)});
    data.y.logarithmic = logarithmic && allAbove0(data.series);
    return data;
}

std::vector<Bar> importanceBars(const SearchView& view, const std::vector<search::Importance>& importances) {
    std::vector<Bar> bars;
    if (!view.space || importances.size() != view.space->size())
        return bars;
    bars.reserve(importances.size());
    for (std::size_t i = 0; i < importances.size(); ++i)
        bars.push_back({.title = qt((*view.space)[i].name),
                        .value = 100 * importances[i].share,
                        .low = 100 * importances[i].low,
                        .high = 100 * importances[i].high});
    std::ranges::stable_sort(bars, std::ranges::greater(), &Bar::value);
    return bars;
}

} // namespace greenfront::ui
