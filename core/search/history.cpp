// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/history.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace greenfront::search {
namespace {

constexpr std::size_t mostTasks = 1000;
constexpr std::size_t mostTrials = 100'000;
constexpr std::size_t mostObjectives = 64;

[[noreturn]] void refuse(const std::string& task, const std::string& reason) {
    throw Error("learn from", "the study '" + task + "'", reason,
                "Leave it out of the history, or repair it");
}

bool finite(double value) {
    return std::isfinite(value);
}

void checkMetaFeatures(const MetaFeatures& features, const std::string& task) {
    for (const auto& [name, value] : features)
        if (!finite(value))
            refuse(task, "its meta-feature '" + name + "' is not a number");
}

std::optional<std::string> faultOf(const Trial& trial, const PastTask& task) {
    if (auto fault = task.space.fault(trial.assignment))
        return fault;
    const Outcome& outcome = trial.outcome;
    const std::size_t wanted = task.directions.size();
    if (outcome.objectives.size() != wanted && (outcome.feasible() || !outcome.objectives.empty()))
        return "it has " + std::to_string(outcome.objectives.size()) + " objectives and its study " +
               std::to_string(wanted);
    if (!std::ranges::all_of(outcome.objectives, finite))
        return "an objective is not a number";
    if (std::isnan(outcome.violation))
        return "its violation is not a number";
    return std::nullopt;
}

void checkTask(const PastTask& task) {
    if (task.directions.empty() || task.directions.size() > mostObjectives)
        refuse(task.name, "it has no objective, or more than 64");
    if (task.trials.size() > mostTrials)
        refuse(task.name, "it has more than 100,000 trials");
    for (const Trial& trial : task.trials)
        if (const auto fault = faultOf(trial, task))
            refuse(task.name, "of its trial " + std::to_string(trial.id) + ", " + *fault);
    checkMetaFeatures(task.metaFeatures, task.name);
}

} // namespace

void requireSound(const History& history) {
    if (history.tasks.size() > mostTasks)
        throw Error("learn from", "the history", "it has more than 1,000 studies", "Choose the nearest ones");
    std::set<std::string> names;
    for (const PastTask& task : history.tasks) {
        if (task.name.empty() || !names.insert(task.name).second)
            refuse(task.name, task.name.empty() ? "it has no name" : "there are two of that name");
        checkTask(task);
    }
    checkMetaFeatures(history.metaFeatures, "that is new");
}

} // namespace greenfront::search
