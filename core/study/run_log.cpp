// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/run_log.h"

#include "core/base/log.h"
#include "core/study/carbon.h"
#include "core/study/timing.h"

#include <algorithm>
#include <exception>

namespace greenfront::study {

void StudyProgress::report(const std::string& phase, const std::string& message, double fraction) {
    if (firstFraction_ < 0)
        firstFraction_ = fraction;
    lastFraction_ = fraction;
    Progress progress{.phase = phase,
                      .message = message,
                      .fraction = fraction,
                      .remaining = {},
                      .remainingEnergy = {},
                      .forecast = forecast_};
    progress.remaining = time_.estimate(fraction);
    const double done = fraction - firstFraction_;
    if (progress.remaining && spent_.value > 0)
        progress.remainingEnergy = spent_ * ((1.0 - fraction) / done);
    if (expected_ && firstFraction_ < 1.0 && (!progress.remaining || !progress.remainingEnergy)) {
        const double left = (1.0 - fraction) / (1.0 - firstFraction_);
        progress.remaining = progress.remaining.value_or(Seconds(expected_->seconds.value * left));
        progress.remainingEnergy = Joules(expected_->joules.value * left);
    }
    sink_(progress);
}

void StudyProgress::expect(const energy::CostForecast& left) {
    expected_ = left;
    forecast_ = "expected to take " + toText(left) + ": " + left.method;
}

void StudyProgress::foretell(const std::string& run, const energy::CostForecast& forecast) {
    forecast_ = "the " + run + " is expected to take " + toText(forecast) + ": " + forecast.method;
}

void StudyProgress::waits(const std::string& message, Seconds left) {
    sink_({.phase = waitingPhase,
           .message = message,
           .fraction = lastFraction_,
           .remaining = left,
           .remainingEnergy = {},
           .forecast = forecast_});
}

void StudyProgress::goesOn() {
    if (expected_ && firstFraction_ >= 0 && firstFraction_ < 1.0) {
        const double left = (1.0 - lastFraction_) / (1.0 - firstFraction_);
        expected_->seconds.value *= left;
        expected_->joules.value *= left;
    }
    time_ = {};
    spent_ = Joules();
    firstFraction_ = -1;
}

RunLog::RunLog(store::Workspace& workspace, RunId run, energy::Recorder& recorder, StudyProgress& progress)
    : workspace_(workspace), run_(run), recorder_(recorder), progress_(progress) {
    const StudyAccount before = accountOf(workspace_, store::findRun(workspace_, run)->study);
    accounted_ = {before.joules.value, before.seconds};
    last_ = Clock::now();
    recorder_.take(); // what came before this run is not its own
    store::setRunState(workspace_, run_, store::RunState::Running);
}

RunLog::~RunLog() {
    if (!open_)
        return;
    try {
        account(phase_);
        store::setRunState(workspace_, run_, store::RunState::Cancelled);
    } catch (const std::exception& error) {
        logWarning(std::string("The last account of a run is lost: ") + error.what());
    }
}

Joules RunLog::account(const std::string& phase) {
    phase_ = phase;
    const auto now = Clock::now();
    const auto readings = recorder_.take();
    for (const energy::Reading& reading : readings)
        addReading(workspace_, run_, phase.empty() ? "preparing" : phase, reading);
    const Seconds active(std::chrono::duration<double>(now - last_).count());
    store::addRunSeconds(workspace_, run_, active);
    last_ = now;
    const Joules joules = energy::total(readings);
    accounted_ += {joules, active};
    progress_.addEnergy(joules);
    return joules;
}

Cost RunLog::spent() {
    const Seconds active(std::chrono::duration<double>(Clock::now() - last_).count());
    return accounted_ + Cost{energy::total(recorder_.peek()), active};
}

void RunLog::skip() {
    recorder_.take();
    last_ = Clock::now();
}

void RunLog::finish(const std::string& note) {
    if (!note.empty())
        store::setRunNote(workspace_, run_, note);
    store::setRunState(workspace_, run_, store::RunState::Finished);
    open_ = false;
}

void RunLog::fail(const std::string& message) {
    account(phase_);
    store::setRunState(workspace_, run_, store::RunState::Failed, message);
    open_ = false;
}

bool addReading(store::Workspace& workspace, RunId run, const std::string& phase,
                const energy::Reading& reading) {
    if (!reading.known()) {
        logWarning("Energy source " + reading.source + " could not be read during " + phase);
        return false;
    }
    store::addEnergy(workspace, run,
                     {.phase = phase,
                      .source = reading.source,
                      .method = energy::methodWithGaps(reading),
                      .provenance = reading.provenance,
                      .seconds = reading.seconds,
                      .joules = reading.joules,
                      .low = reading.low,
                      .high = reading.high,
                      .at = {}});
    return true;
}

store::RunRow findOrAddRun(store::Workspace& workspace, const store::RunRow& wanted) {
    const auto runs = store::runsOf(workspace, wanted.study);
    const auto found = std::ranges::find_if(runs, [&](const store::RunRow& run) {
        return run.kind == wanted.kind && run.subject == wanted.subject;
    });
    return found != runs.end() ? *found : *store::findRun(workspace, store::addRun(workspace, wanted));
}

} // namespace greenfront::study
