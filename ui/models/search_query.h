// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"
#include "core/store/runs.h"
#include "core/study/search_history.h"

#include <QString>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::ui {

/// One search for parameters, as the window lists it.
struct TuningEntry {
    StudyId id;
    QString name;
    store::TrialCount trials;
    bool running = false;
    bool hasProgram = false; ///< not so one whose trials came from elsewhere
    bool finished = false;

    /// "tune – 42 trials, running"
    QString title() const;
};

/// Oldest first.
std::vector<TuningEntry> loadTunings(store::Workspace& workspace);

/// What the search page asks for; a study or a metric that is not there is replaced by one that is.
struct SearchQuery {
    StudyId study;
    std::string metric; ///< of the intermediate values

    bool operator==(const SearchQuery&) const = default;
};

struct SearchView {
    std::vector<TuningEntry> tunings; ///< oldest first
    StudyId shown;                    ///< 0: there are none
    study::TuningResult result{};
    std::optional<search::ParameterSpace> space{};
    std::vector<search::Assignment> assignments{};   ///< by trial; all NaN where it is none of the space
    std::vector<bool> onFront{};                     ///< by trial
    std::map<std::size_t, store::RunState> states{}; ///< of trials without a result
    std::vector<study::HistoryStep> steps{};
    std::vector<std::string> metrics{}; ///< that trials report while they run
    std::string metric{};
    std::vector<study::TrialCurve> curves{};

    const std::vector<search::Objective>& objectives() const { return result.tuning.objectives; }
};

SearchView loadSearch(store::Workspace& workspace, const SearchQuery& query);

/// Of the parameters for one objective of a study, in the order of the space; empty where there are too few
/// trials to tell.
std::vector<search::Importance> loadImportances(store::Workspace& workspace, StudyId study,
                                                std::size_t objective);

} // namespace greenfront::ui
