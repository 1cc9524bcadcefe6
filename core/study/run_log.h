// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/base/progress.h"
#include "core/energy/prediction.h"
#include "core/energy/recorder.h"
#include "core/store/runs.h"
#include "core/study/cost.h"

#include <chrono>
#include <string>

namespace greenfront::study {

/// Progress of the whole study: joins the phases' shares, and judges the time and energy still to come.
class StudyProgress {
public:
    explicit StudyProgress(ProgressSink sink) : sink_(std::move(sink)) {}
    /// fraction: of the whole study
    void report(const std::string& phase, const std::string& message, double fraction);
    void addEnergy(Joules joules) { spent_ += joules; }
    /// What is left of the study: shown until the work's own pace can be judged.
    void expect(const energy::CostForecast& left);
    /// What a run of the study is expected to cost, now that its beginning was seen.
    void foretell(const std::string& run, const energy::CostForecast& forecast);
    /// The study stands still for a reason, and for how long.
    void waits(const std::string& message, Seconds left);
    /// It goes on: the pace is judged anew.
    void goesOn();

private:
    ProgressSink sink_;
    RemainingTime time_;
    Joules spent_;
    double firstFraction_ = -1;
    double lastFraction_ = 0;
    std::optional<energy::CostForecast> expected_;
    std::string forecast_;
};

/// One run while it is under way: writes its state, time and energy, whatever way it ends.
class RunLog {
public:
    RunLog(store::Workspace& workspace, RunId run, energy::Recorder& recorder, StudyProgress& progress);
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;
    /// Unless finished or failed: what was spent since the last account is written and the run is Cancelled.
    ~RunLog();

    RunId id() const { return run_; }
    /// Writes the energy since the last account under this phase, and the active time. Returns the energy.
    Joules account(const std::string& phase);
    /// What all of the study's runs have taken until now, accounted or not.
    Cost spent();
    /// What passed since the last account is not the run's: it stood still.
    void skip();
    /// Does the work. What it throws fails the run, except Cancelled: a run that was stopped may go on.
    template <typename Work>
    auto run(const Work& work) {
        try {
            return work();
        } catch (const Cancelled&) {
            throw;
        } catch (const std::exception& error) {
            fail(error.what());
            throw;
        }
    }
    /// note: why before all was done; empty if all was.
    void finish(const std::string& note = {});
    void fail(const std::string& message);

private:
    using Clock = std::chrono::steady_clock;

    store::Workspace& workspace_;
    RunId run_;
    energy::Recorder& recorder_;
    StudyProgress& progress_;
    Clock::time_point last_ = Clock::now();
    std::string phase_;
    Cost accounted_; ///< of the study
    bool open_ = true;
};

/// Writes what a source counted with a run. False, and a warning, where it could not be read: then there is
/// no row rather than one of zero joules.
bool addReading(store::Workspace& workspace, RunId run, const std::string& phase,
                const energy::Reading& reading);

/// The run of this kind and subject, made if there is none yet.
store::RunRow findOrAddRun(store::Workspace& workspace, const store::RunRow& wanted);

} // namespace greenfront::study
