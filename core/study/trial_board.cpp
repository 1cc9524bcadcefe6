// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_board.h"

#include "core/base/text.h"
#include "core/search/azure_space.h"
#include "core/store/runs.h"
#include "core/study/tune.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace greenfront::study {
namespace {

constexpr std::array measuredMetrics{energyMetric, secondsMetric, gramsMetric};

bool isMeasured(const std::string& metric) {
    return std::ranges::find(measuredMetrics, metric) != measuredMetrics.end();
}

std::string namesOf(const std::map<std::string, double>& metrics) {
    std::vector<std::string> names;
    names.reserve(metrics.size());
    for (const auto& [name, value] : metrics)
        names.push_back("'" + name + "'");
    return join(names, ", ");
}

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

/// From the series that a tuning writes: a value of each metric at each step that was told.
search::Curve storedCurve(store::Workspace& workspace, RunId run,
                          const std::vector<search::Objective>& objectives) {
    std::map<std::int64_t, search::Point> reports;
    for (std::size_t i = 0; i < objectives.size(); ++i)
        for (const auto& point : store::series(workspace, run, objectives[i].name))
            reports.try_emplace(point.step, objectives.size(), nothing).first->second[i] = point.value;
    std::map<std::int64_t, double> joules;
    for (const auto& point : store::series(workspace, run, energyMetric))
        joules[point.step] = point.value;
    search::Curve curve;
    for (const auto& [step, report] : reports) {
        curve.reports.push_back(report);
        curve.joules.push_back(joules[step]);
    }
    return curve;
}

/// A trial that was stopped is worse than any that ran to its end; the further it came, the better.
double violationOfStopped(const search::Curve& curve) {
    return 1 / (1 + static_cast<double>(curve.reports.size()));
}

} // namespace

TrialBoard::TrialBoard(const Tuning& tuning, const search::History& history)
    : tuning_(tuning),
      optimiser_(search::makeTransferred(tuning.method,
                                         {.space = search::readParameterSpace(tuning.space),
                                          .directions = search::directionsOf(tuning.objectives),
                                          .seed = tuning.seed},
                                         tuning.methodOptions, history, tuning.historyOptions)) {
    if (!tuning.policy.empty())
        policy_ = search::policyFrom(tuning.policy, tuning.objectives);
}

void TrialBoard::restore(store::Workspace& workspace, const store::TrialRow& row) {
    optimiser_->restore(row.number, optimiser_->space().assignment(row.parameters));
    if (!row.result)
        return;
    if (policy_)
        curves_[row.number] = storedCurve(workspace, row.run, tuning_.objectives);
    curves_[row.number].totalJoules = row.joules.value;
    tell(row.number, *row.result);
}

std::optional<std::string> TrialBoard::report(std::uint64_t trial, const Told& told,
                                              const std::map<std::string, double>& measured) {
    auto& last = last_[trial];
    for (const auto& [name, value] : told.metrics)
        last[name] = value;
    search::Point point;
    point.reserve(tuning_.objectives.size());
    bool any = false;
    for (const search::Objective& objective : tuning_.objectives) {
        const auto& from = isMeasured(objective.name) ? measured : told.metrics;
        const auto found = from.find(objective.name);
        any = any || (found != from.end() && &from == &told.metrics);
        point.push_back(found != from.end() ? found->second : nothing);
    }
    if (!any)
        return std::nullopt; // it told something else
    search::Curve& curve = curves_[trial];
    curve.reports.push_back(std::move(point));
    curve.joules.push_back(measured.at(energyMetric));
    return policy_ ? policy_->reasonToStop(curves_, trial) : std::nullopt;
}

std::optional<double> TrialBoard::valueOf(std::uint64_t trial, const std::string& metric,
                                          const std::map<std::string, double>& measured) const {
    if (const auto found = measured.find(metric); found != measured.end())
        return found->second;
    const auto told = last_.find(trial);
    if (told == last_.end())
        return std::nullopt;
    const auto found = told->second.find(metric);
    return found == told->second.end() ? std::nullopt : std::optional(found->second);
}

/// Of a trial that ran to its end.
store::TrialResult TrialBoard::judged(std::uint64_t trial,
                                      const std::map<std::string, double>& measured) const {
    const auto failure = [](std::string reason) {
        return store::TrialResult{.outcome = store::TrialOutcome::Failed, .reason = std::move(reason)};
    };
    store::TrialResult result;
    for (const search::Objective& objective : tuning_.objectives) {
        const auto value = valueOf(trial, objective.name, measured);
        if (!value) {
            const auto told = last_.find(trial);
            return failure("it never told '" + objective.name + "'" +
                           (told == last_.end() ? "; it printed no line of metrics"
                                                : "; it told " + namesOf(told->second)));
        }
        if (!std::isfinite(*value))
            return failure("its last '" + objective.name + "' is not a number");
        result.objectives.push_back(*value);
    }
    result.violation = search::violationOf(
        tuning_.constraints, [&](const std::string& metric) { return valueOf(trial, metric, measured); });
    if (result.violation > 0)
        result.outcome = store::TrialOutcome::Infeasible;
    return result;
}

store::TrialResult TrialBoard::end(std::uint64_t trial, const std::string& stopped, const std::string& failed,
                                   const std::map<std::string, double>& measured) {
    search::Curve& curve = curves_[trial];
    curve.totalJoules = measured.at(energyMetric);
    store::TrialResult result;
    if (!stopped.empty())
        result = {.outcome = store::TrialOutcome::Stopped,
                  .violation = violationOfStopped(curve),
                  .reason = stopped};
    else if (!failed.empty())
        result = {.outcome = store::TrialOutcome::Failed, .reason = failed};
    else
        result = judged(trial, measured);
    last_.erase(trial);
    tell(trial, result);
    return result;
}

void TrialBoard::tell(std::uint64_t trial, const store::TrialResult& result) {
    search::Curve& curve = curves_[trial];
    curve.ended = true;
    if (result.outcome == store::TrialOutcome::Finished)
        curve.result = result.objectives;
    search::Outcome outcome{.objectives = result.objectives,
                            .violation = result.violation,
                            .failed = result.outcome == store::TrialOutcome::Failed};
    if (outcome.violation > 0)
        outcome.objectives.clear();
    optimiser_->tell(trial, std::move(outcome));
}

} // namespace greenfront::study
