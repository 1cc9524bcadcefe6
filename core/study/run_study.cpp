// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/log.h"
#include "core/study/open_study.h"
#include "core/study/predictions.h"

#include <algorithm>

namespace greenfront::study {
namespace {

std::chrono::seconds durationOf(const CarbonTiming& timing, const std::optional<energy::CostForecast>& left,
                                const Study& study) {
    if (timing.duration)
        return *timing.duration;
    if (const auto planned = plannedDuration(left, study))
        return *planned;
    throw Error("plan", "the study", "nothing is known yet of how long it takes on this machine",
                "Say how long it takes, such as 2h");
}

/// The share of a budget that training may use, so that something is left for the search.
double trainingBudget(const std::vector<Expectation>& expectations,
                      const std::optional<energy::CostForecast>& left) {
    if (!left || !(left->joules.value > 0) || expectations.front().kind != trainingKind)
        return trainingShare;
    constexpr double least = 0.3;
    constexpr double most = 0.95;
    return std::clamp(expectations.front().cost->joules.value * expectations.front().left /
                          left->joules.value,
                      least, most);
}

} // namespace

void waitForGate(const PhaseContext& context, RunLog* log) {
    if (context.gate.isOpen())
        return;
    if (log)
        store::setRunState(context.workspace, log->id(), store::RunState::Paused);
    try {
        context.gate.wait(context.control, [&](const std::string& message, Seconds left) {
            context.progress.waits(message, left);
        });
    } catch (...) {
        if (log)
            log->skip();
        throw;
    }
    context.progress.goesOn();
    if (log) {
        store::setRunState(context.workspace, log->id(), store::RunState::Running);
        log->skip();
    }
}

bool isFinished(store::Workspace& workspace, StudyId id) {
    const auto runs = store::runsOf(workspace, id);
    const auto finished = [&](const std::string& kind, const std::string& subject) {
        return std::ranges::any_of(runs, [&](const store::RunRow& run) {
            return run.kind == kind && run.subject == subject && run.state == store::RunState::Finished;
        });
    };
    const auto devices = devicesOf(workspace, loadStudy(workspace, id));
    return finished(trainingKind, "") && std::ranges::all_of(devices, [&](const std::string& device) {
               return finished(searchKind, device);
           });
}

void runStudy(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& sink,
              const RunOptions& options) {
    OpenStudy open(workspace, id, loadStudy(workspace, id), control, sink);
    const auto devices = devicesOf(workspace, open.study());
    for (const energy::Unusable& unusable : open.recorder().unusable())
        logInfo("Energy source " + unusable.source + " is not used: " + unusable.reason);

    const auto expectations = expectationsOf(workspace, id);
    const auto left = leftOf(expectations);
    if (left)
        open.progress().expect(*left);
    const CarbonGate gate =
        options.timing
            ? CarbonGate(*options.timing, durationOf(*options.timing, left, open.study()), options.clock)
            : CarbonGate();
    const PhaseContext context = open.context(gate);
    waitForGate(context);
    trainPhase(context, trainingBudget(expectations, left));
    const Trained trained = open.trained();
    for (std::size_t i = 0; i < devices.size(); ++i) {
        const double share = (1.0 - trainingShare) / static_cast<double>(devices.size());
        const double first = trainingShare + share * static_cast<double>(i);
        searchPhase(context, trained, devices[i], first, first + share, devices.size() - i);
    }
    open.progress().report("finished", "every network of the front is ready to be exported", 1.0);
}

} // namespace greenfront::study
