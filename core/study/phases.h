// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/run_log.h"
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
};

/// Shares of the whole study, for the progress.
constexpr double trainingShare = 0.8;

/// Trains what is left to train; a checkpoint every epoch.
void trainPhase(const PhaseContext& context);
/// Searches for one device. firstFraction..lastFraction: its part of the study's progress.
void searchPhase(const PhaseContext& context, const Trained& trained, const std::string& device,
                 double firstFraction, double lastFraction);
/// Ids from the parameter "devices", each known; throws Error otherwise.
std::vector<std::string> devicesOf(const Study& study);

} // namespace greenfront::study
