// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/tuning_history.h"

#include "core/base/error.h"
#include "core/search/azure_space.h"
#include "core/store/studies.h"
#include "core/store/trials.h"
#include "core/study/study.h"

#include <algorithm>
#include <cmath>

namespace greenfront::study {
namespace {

constexpr std::size_t mostStudies = 1000, mostTrials = 1000;
constexpr const char *historyName = "history", *recordName = "transfer";

/// By the wanted objectives: which of the past one's it is. Nothing unless all are there.
std::optional<std::vector<std::size_t>> placesOf(const std::vector<search::Objective>& wanted,
                                                 const std::vector<search::Objective>& past) {
    std::vector<std::size_t> places;
    for (const search::Objective& objective : wanted) {
        const auto found = std::ranges::find(past, objective);
        if (found == past.end())
            return std::nullopt;
        places.push_back(static_cast<std::size_t>(found - past.begin()));
    }
    return places;
}

search::Trial trialOf(const store::TrialRow& row, const search::ParameterSpace& space,
                      const std::vector<std::size_t>& places) {
    const store::TrialResult& result = *row.result;
    search::Trial trial{row.number, space.assignment(row.parameters), {}};
    trial.outcome.failed = result.outcome == store::TrialOutcome::Failed;
    trial.outcome.violation = result.violation;
    if (trial.outcome.feasible())
        for (const std::size_t place : places)
            trial.outcome.objectives.push_back(result.objectives.at(place));
    return trial;
}

/// Nothing where there is nothing to learn from it.
std::optional<search::PastTask> taskOf(store::Workspace& workspace, const store::StudyRow& row,
                                       const std::vector<search::Objective>& objectives) {
    const Tuning past = tuningFromJson(row.config, "'" + row.name + "'");
    const auto places = placesOf(objectives, past.objectives);
    if (!places)
        return std::nullopt;
    search::PastTask task{.name = row.name,
                          .space = search::readParameterSpace(past.space),
                          .directions = search::directionsOf(objectives),
                          .trials = {},
                          .metaFeatures = past.metaFeatures};
    std::vector<store::TrialRow> trials = store::trialsOf(workspace, row.id);
    std::erase_if(trials, [](const store::TrialRow& trial) { return !trial.result; });
    const std::size_t from = trials.size() - std::min(trials.size(), mostTrials);
    for (std::size_t i = from; i < trials.size(); ++i)
        task.trials.push_back(trialOf(trials[i], task.space, *places));
    return task.trials.empty() ? std::nullopt : std::optional(std::move(task));
}

void addTasks(store::Workspace& workspace, const Tuning& tuning, const std::string& suffix,
              std::vector<search::PastTask>& tasks) {
    for (const store::StudyRow& row : store::allStudies(workspace, store::tuningKind)) {
        auto task = taskOf(workspace, row, tuning.objectives);
        if (!task)
            continue;
        task->name += suffix;
        const auto isSame = [&](const search::PastTask& other) { return other.name == task->name; };
        if (std::ranges::any_of(tasks, isSame))
            task->name += " (" + std::to_string(row.id.value) + ")";
        tasks.push_back(std::move(*task));
    }
}

} // namespace

search::History pastOf(const Tuning& tuning, store::Workspace& workspace,
                       std::span<const std::filesystem::path> others) {
    search::History history{.tasks = {}, .metaFeatures = tuning.metaFeatures};
    if (!tuning.learns)
        return history;
    for (const std::filesystem::path& path : others) {
        auto other = store::Workspace::open(path, store::Access::ReadOnly);
        addTasks(other, tuning, " in " + path.filename().string(), history.tasks);
    }
    addTasks(workspace, tuning, "", history.tasks);
    if (history.tasks.size() > mostStudies)
        history.tasks.erase(history.tasks.begin(), history.tasks.end() - mostStudies);
    return history;
}

void putHistory(store::Workspace& workspace, StudyId id, const search::History& history) {
    store::putStudyDocument(workspace, id, historyName, search::toJson(history));
}

search::History loadHistory(store::Workspace& workspace, StudyId id) {
    const auto document = store::findStudyDocument(workspace, id, historyName);
    return document ? search::historyFromJson(*document) : search::History{};
}

void putTransferRecord(store::Workspace& workspace, StudyId id, const search::TransferRecord& record) {
    store::putStudyDocument(workspace, id, recordName, record.toJson());
}

std::optional<search::TransferRecord> findTransferRecord(store::Workspace& workspace, StudyId id) {
    const auto document = store::findStudyDocument(workspace, id, recordName);
    return document ? std::optional(search::TransferRecord::fromJson(*document)) : std::nullopt;
}

search::MetaFeatures metaFeaturesOf(const Study& study) {
    const auto dataset = data::open(study.data, {.label = study.label});
    const data::Info& info = dataset->info();
    const auto samples = info.samples[0] + info.samples[1] + info.samples[2];
    const auto values = info.shape.channels * info.shape.height * info.shape.width;
    return {{"samples", std::log10(static_cast<double>(samples))},
            {"classes", std::log10(static_cast<double>(info.classes.size()))},
            {"values", std::log10(static_cast<double>(values))}};
}

} // namespace greenfront::study
