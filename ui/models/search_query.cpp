// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/search_query.h"

#include "core/base/error.h"
#include "core/search/azure_space.h"
#include "core/store/studies.h"
#include "ui/models/texts.h"

#include <algorithm>
#include <limits>

namespace greenfront::ui {
namespace {

StudyId shownOf(const std::vector<TuningEntry>& tunings, StudyId wanted) {
    if (tunings.empty())
        return {};
    const bool exists = std::ranges::find(tunings, wanted, &TuningEntry::id) != tunings.end();
    return exists ? wanted : tunings.back().id;
}

std::string metricOf(const std::vector<std::string>& metrics, const std::string& wanted) {
    if (metrics.empty())
        return {};
    return std::ranges::find(metrics, wanted) != metrics.end() ? wanted : metrics.front();
}

search::Assignment assignmentOf(const search::ParameterSpace& space, const store::TrialRow& trial) {
    try {
        return space.assignment(trial.parameters);
    } catch (const Error&) { // brought from elsewhere: the table shows what it says
        return {std::vector<double>(space.size(), std::numeric_limits<double>::quiet_NaN())};
    }
}

} // namespace

QString TuningEntry::title() const {
    const QString count =
        trials.all == 1 ? QStringLiteral("1 trial") : QStringLiteral("%1 trials").arg(trials.all);
    const QString state = running           ? QStringLiteral(", running")
                          : trials.open > 0 ? QStringLiteral(", interrupted")
                                            : QString();
    return QStringLiteral("%1 – %2%3").arg(name, count, state);
}

std::vector<TuningEntry> loadTunings(store::Workspace& workspace) {
    const bool busy = store::RunnerLock::isHeld(workspace.path());
    std::vector<TuningEntry> entries;
    for (const auto& row : store::allStudies(workspace, store::tuningKind)) {
        TuningEntry& entry = entries.emplace_back();
        entry.id = row.id;
        entry.name = qt(row.name);
        entry.trials = store::countTrials(workspace, row.id);
        entry.running = busy && entry.trials.open > 0;
        entry.hasProgram = !study::loadTuning(workspace, row.id).command.empty();
        entry.finished = study::isTuningFinished(workspace, row.id);
    }
    return entries;
}

SearchView loadSearch(store::Workspace& workspace, const SearchQuery& query) {
    SearchView view;
    view.tunings = loadTunings(workspace);
    view.shown = shownOf(view.tunings, query.study);
    if (!view.shown)
        return view;
    view.result = study::resultOf(workspace, view.shown);
    view.space = search::readParameterSpace(view.result.tuning.space);
    const auto& trials = view.result.trials;
    view.assignments.reserve(trials.size());
    for (const store::TrialRow& trial : trials)
        view.assignments.push_back(assignmentOf(*view.space, trial));
    view.onFront.resize(trials.size());
    for (const std::size_t index : view.result.front)
        view.onFront[index] = true;
    for (std::size_t i = 0; i < trials.size(); ++i)
        if (!trials[i].result)
            if (const auto run = store::findRun(workspace, trials[i].run))
                view.states[i] = run->state;
    view.steps = study::historyOf(view.result);
    view.metrics = study::reportedMetrics(workspace, view.result);
    view.metric = metricOf(view.metrics, query.metric);
    if (!view.metric.empty())
        view.curves = study::curvesOf(workspace, view.result, view.metric);
    return view;
}

std::vector<search::Importance> loadImportances(store::Workspace& workspace, StudyId study,
                                                std::size_t objective) {
    const auto result = study::resultOf(workspace, study);
    if (objective >= result.tuning.objectives.size())
        return {};
    return study::importancesOf(result, objective);
}

} // namespace greenfront::ui
