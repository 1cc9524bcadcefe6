// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/budget.h"
#include "core/study/run_log.h"
#include "core/study/timing.h"
#include "core/study/trained.h"

namespace greenfront::study {

/// What every phase of a study works with.
struct PhaseContext {
    store::Workspace& workspace;
    StudyId id;
    const Study& study;
    std::shared_ptr<const data::Dataset> dataset;
    Control& control;
    energy::Recorder& recorder;
    StudyProgress& progress;
    const Budget& budget;
    const CarbonGate& gate;
};

/// Shares of the whole study, for the progress.
constexpr double trainingShare = 0.8;

/// Waits while the plan says so; `log`: of the run that stands still meanwhile, whose energy was accounted.
void waitForGate(const PhaseContext& context, RunLog* log = nullptr);

/// Trains what is left to train; a checkpoint every epoch. Where a budget is set, plans for as many epochs as
/// fit into this share of it, and ends an epoch that would not.
void trainPhase(const PhaseContext& context, double budgetShare);
/// Searches for one device. firstFraction..lastFraction: its part of the study's progress. devicesLeft: this
/// and the later ones, among which the rest of a budget is shared.
void searchPhase(const PhaseContext& context, const Trained& trained, const std::string& device,
                 double firstFraction, double lastFraction, std::size_t devicesLeft);
/// Ids from the parameter "devices", each known to the workspace; throws Error otherwise.
std::vector<std::string> devicesOf(store::Workspace& workspace, const Study& study);

} // namespace greenfront::study
