// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/phases.h"

namespace greenfront::study {

/// A study while this process runs something of it, and no other process does.
class OpenStudy {
public:
    /// `study`: as it is to be run now, which may differ from what is stored. Opens the data and the meters
    /// and sets this thread's threads. Throws Error where another process runs in the workspace.
    OpenStudy(store::Workspace& workspace, StudyId id, Study study, Control& control,
              const ProgressSink& sink);

    const Study& study() const { return study_; }
    StudyProgress& progress() { return progress_; }
    const energy::Recorder& recorder() const { return recorder_; }
    const std::shared_ptr<const data::Dataset>& dataset() const { return dataset_; }
    /// Keeps references to this and to the gate.
    PhaseContext context(const CarbonGate& gate);
    /// The supernet as it was trained; throws Error unless its training is finished.
    Trained trained() const;

private:
    store::RunnerLock lock_;
    store::Workspace& workspace_;
    StudyId id_;
    Study study_;
    Control& control_;
    StudyProgress progress_;
    std::shared_ptr<const data::Dataset> dataset_;
    energy::Recorder recorder_;
    Budget budget_;
};

/// Throws Error where another process runs something in the workspace. subject: "study 3"
store::RunnerLock takeRunnerLock(const store::Workspace& workspace, const std::string& subject);

/// Without the budgets, which were for what the study itself does.
Study withoutBudget(Study study);

} // namespace greenfront::study
