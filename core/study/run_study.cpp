// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/store/blobs.h"
#include "core/study/phases.h"

#include <algorithm>

namespace greenfront::study {
namespace {

std::string checkpointOf(store::Workspace& workspace, StudyId id) {
    for (const store::RunRow& run : store::runsOf(workspace, id))
        if (run.kind == trainingKind)
            return store::findBlob(workspace, run.id, checkpointName)->bytes;
    return {};
}

} // namespace

bool isFinished(store::Workspace& workspace, StudyId id) {
    const auto runs = store::runsOf(workspace, id);
    const auto finished = [&](const std::string& kind, const std::string& subject) {
        return std::ranges::any_of(runs, [&](const store::RunRow& run) {
            return run.kind == kind && run.subject == subject && run.state == store::RunState::Finished;
        });
    };
    const auto devices = devicesOf(loadStudy(workspace, id));
    return finished(trainingKind, "") && std::ranges::all_of(devices, [&](const std::string& device) {
               return finished(searchKind, device);
           });
}

void runStudy(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& sink) {
    const auto lock = store::RunnerLock::tryTake(workspace.path());
    if (!lock)
        throw Error("run", "study " + std::to_string(id.value),
                    "another Greenfront is running a study in " + workspace.path().string(),
                    "Wait for it, or stop it there");
    StudyProgress progress(sink);
    progress.report("preparing", "reading the data", 0);
    const Study study = loadStudy(workspace, id);
    const auto devices = devicesOf(study);
    const auto dataset = openData(workspace, study, control);
    applyThreads(study);
    energy::Recorder recorder(energy::machineMeters({energy::Load::ThisProcess, true}));
    for (const energy::Unusable& unusable : recorder.unusable())
        logInfo("Energy source " + unusable.source + " is not used: " + unusable.reason);

    const PhaseContext context{workspace, id, study, dataset, control, recorder, progress};
    trainPhase(context);
    const Trained trained(study, dataset, checkpointOf(workspace, id));
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const double share = (1.0 - trainingShare) / static_cast<double>(devices.size());
        const double first = trainingShare + share * static_cast<double>(i);
        searchPhase(context, trained, devices[i], first, first + share);
    }
    progress.report("finished", "every network of the front is ready to be exported", 1.0);
}

} // namespace greenfront::study
