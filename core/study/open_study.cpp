// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/open_study.h"

#include "core/base/error.h"
#include "core/energy/meter.h"
#include "core/store/blobs.h"

namespace greenfront::study {
namespace {

std::shared_ptr<const data::Dataset> readData(store::Workspace& workspace, const Study& study,
                                              Control& control, StudyProgress& progress) {
    progress.report("preparing", "reading the data", 0);
    return openData(workspace, study, control);
}

} // namespace

store::RunnerLock takeRunnerLock(const store::Workspace& workspace, const std::string& subject) {
    auto lock = store::RunnerLock::tryTake(workspace.path());
    if (!lock)
        throw Error("run", subject, "another Greenfront is running a study in " + workspace.path().string(),
                    "Wait for it, or stop it there");
    return std::move(*lock);
}

OpenStudy::OpenStudy(store::Workspace& workspace, StudyId id, Study study, Control& control,
                     const ProgressSink& sink)
    : lock_(takeRunnerLock(workspace, "study " + std::to_string(id.value))),
      workspace_(workspace),
      id_(id),
      study_(std::move(study)),
      control_(control),
      progress_(sink),
      dataset_(readData(workspace, study_, control, progress_)),
      recorder_(energy::machineMeters({energy::Load::ThisProcess, true})),
      budget_(study_) {
    applyThreads(study_);
}

PhaseContext OpenStudy::context(const CarbonGate& gate) {
    return {workspace_, id_, study_, dataset_, control_, recorder_, progress_, budget_, gate};
}

Trained OpenStudy::trained() const {
    for (const store::RunRow& run : store::runsOf(workspace_, id_))
        if (run.kind == trainingKind && run.state == store::RunState::Finished)
            return {study_, dataset_, store::findBlob(workspace_, run.id, checkpointName)->bytes};
    throw Error("use", "study " + std::to_string(id_.value), "its training is not finished",
                "Run the study first: greenfront-cli study run");
}

Study withoutBudget(Study study) {
    for (const char* budget : {"budget_joules", "budget_grams", "budget_seconds"})
        study.parameters[budget] = 0.0;
    return study;
}

} // namespace greenfront::study
