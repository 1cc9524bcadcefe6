// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/progress.h"
#include "core/search/pareto.h"
#include "core/search/transfer_record.h"
#include "core/store/trials.h"
#include "core/study/tuning.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

/// Metrics that Greenfront measures itself, whatever a program prints under these names.
constexpr const char *energyMetric = "energy_j", *secondsMetric = "seconds", *gramsMetric = "grams";

/// Runs trials until the budget is used up or every assignment was tried, and stores each as it goes. What
/// was in flight when an earlier run was killed begins anew. A trial that fails is recorded with its reason,
/// and the study goes on. Throws Cancelled once all trials have ended after a request; throws Error where the
/// program cannot be started at all, or another process runs in this workspace.
void runTuning(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& progress);

/// Has it come to the end of its budget, as that stands now, or tried every assignment?
bool isTuningFinished(store::Workspace& workspace, StudyId id);

struct TuningResult {
    Tuning tuning;
    std::vector<store::TrialRow> trials{}; ///< in the order of their results
    std::vector<std::size_t> front{};      ///< of `trials`, best in the first objective first
    double hypervolume = 0;                ///< up to the worst values of what finished; 0 without a front
    search::Point reference{};             ///< those values; empty without a front
    std::optional<search::TransferRecord> learnt{}; ///< from past studies; nothing before it has ended once
};
TuningResult resultOf(store::Workspace& workspace, StudyId id);

} // namespace greenfront::study
