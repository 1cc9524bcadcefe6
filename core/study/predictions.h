// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/prediction.h"
#include "core/store/predictions.h"
#include "core/store/runs.h"
#include "core/study/cost.h"
#include "core/study/workload.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

constexpr const char* beforeKind = "before";
constexpr const char* profileKind = "profile";
/// A profile may see this much of a run.
constexpr double profileShare = 0.02;

/// One run of a study that is not finished.
struct Expectation {
    std::string kind, subject; ///< of the run
    int planned = 0;           ///< epochs or networks, all of them
    double left = 1;           ///< share of the run that is still to be done
    /// Of the whole run; nothing if no earlier run of this workspace on this machine has taught it.
    std::optional<energy::CostForecast> cost;
};
/// What is left of the study, in the order in which it is run, by what this machine's earlier runs in this
/// workspace taught.
std::vector<Expectation> expectationsOf(store::Workspace& workspace, StudyId study);
/// The same for a study that has not begun, whether it is in the workspace or not.
std::vector<Expectation> expectationsOf(store::Workspace& workspace, const Study& study);
/// Everything that is left together; nothing unless all of it is known.
std::optional<energy::CostForecast> leftOf(const std::vector<Expectation>& expectations);
/// How long it is planned for: as long as what is left is expected to take, within the study's budget of
/// seconds; nothing if neither is known.
std::optional<std::chrono::seconds> plannedDuration(const std::optional<energy::CostForecast>& left,
                                                    const Study& study);

void keepPrediction(store::Workspace& workspace, RunId run, const std::string& kind, double share,
                    int planned, const energy::CostForecast& forecast);
/// What a run has taken so far, as it is written down.
Cost costOf(store::Workspace& workspace, const store::RunRow& run);

/// A forecast from a profile, weighed with what was expected of the run before, if that is there; kept.
energy::CostForecast keepProfile(store::Workspace& workspace, RunId run, double share, int planned,
                                 const energy::CostForecast& forecast);
/// Keeps what is expected of this run before it begins; nothing if that is not known or was kept already.
void keepExpectation(store::Workspace& workspace, const store::RunRow& run);

/// A prediction beside what came of it.
struct PredictionCheck {
    store::RunRow run;
    store::PredictionRow prediction;
    // Nothing unless the run is finished and did what was planned when it was predicted.
    std::optional<energy::Outcome> joules, seconds;
    /// Of the joules of the first epoch times their number; of a training only.
    std::optional<double> naiveErrorPercent;
};
std::vector<PredictionCheck> predictionChecks(store::Workspace& workspace);

/// How far predictions of one kind can be trusted, over all runs that did what was planned.
struct PredictionSummary {
    std::string kind;
    energy::Calibration joules, seconds;
    std::optional<double> naiveErrorPercent; ///< median of the first epoch times their number, of trainings
};
/// Of each kind that has such runs, those before a run first.
std::vector<PredictionSummary> summariesOf(const std::vector<PredictionCheck>& checks);

/// Logarithms of actual over predicted joules, before they were corrected, of the finished runs of this kind
/// on this machine: for the correction and the interval of the next one.
std::vector<double> pastErrors(store::Workspace& workspace, const std::string& runKind,
                               const std::string& predictionKind);

} // namespace greenfront::study
