// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/tune.h"

#include "core/base/programs.h"
#include "core/base/text.h"
#include "core/energy/grid.h"
#include "core/store/blobs.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "core/study/cost.h"
#include "core/study/open_study.h"
#include "core/study/trial_board.h"
#include "core/study/trial_command.h"
#include "core/study/trial_energy.h"
#include "core/study/tuning_history.h"
#include "core/study/versions.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>

namespace greenfront::study {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* endName = "end"; ///< the budget whose end it has come to
constexpr Seconds patience(0.25);
constexpr Seconds accountEvery(20);
constexpr Seconds freshEnough(0.5); ///< what a policy is told of a trial's joules may be so old

Seconds since(Clock::time_point start) {
    return Seconds(std::chrono::duration<double>(Clock::now() - start).count());
}

double gramsPerJoule(const Tuning& tuning) {
    const auto grid = tuning.region.empty() ? energy::worldAverage() : energy::gridOf(tuning.region);
    return energy::carbonOf(Joules(1), grid.value, tuning.pue).value;
}

std::string reasonOf(const ProgramEnd& end) {
    if (end.signal != 0)
        return "it was ended by signal " + std::to_string(end.signal);
    return end.status == 0 ? "" : "it ended with status " + std::to_string(end.status);
}

class TuneRun {
public:
    TuneRun(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& progress)
        : workspace_(workspace),
          id_(id),
          control_(control),
          progress_(progress),
          lock_(takeRunnerLock(workspace, "study " + std::to_string(id.value))),
          tuning_(loadTuning(workspace, id)),
          board_(tuning_, loadHistory(workspace, id)),
          gramsPerJoule_(gramsPerJoule(tuning_)),
          recorder_(energy::machineMeters({energy::Load::WholeMachine, true})),
          energy_(recorder_, [this](std::uint64_t trial) { return processorTime(trial); }) {
        for (const store::TrialRow& row : store::trialsOf(workspace, id)) {
            board_.restore(workspace, row);
            earlier_ += {row.joules, row.seconds / static_cast<double>(tuning_.jobs)};
            if (row.result)
                ++ended_;
            else
                interrupted_.push_back(row);
        }
    }

    void run() {
        while (true) {
            if (!control_.paused() && !control_.cancelRequested())
                startMore();
            if (running_.empty() && !control_.paused())
                break;
            const auto events = programs_.wait(patience);
            for (const Programs::Event& event : events)
                if (event.ended)
                    running_.at(event.id).processorTime = event.ended->processorTime;
            for (const Programs::Event& event : events)
                handle(event);
            watch();
        }
        putTransferRecord(workspace_, id_, board_.learnt());
        if (control_.cancelRequested())
            throw Cancelled();
        store::putStudyDocument(workspace_, id_, endName, toJson(tuning_.budget));
    }

private:
    struct Running {
        RunId run{};
        Clock::time_point start = Clock::now();
        TrialOutput output{};
        std::int64_t reports = 0;
        std::string stopped{}, failed{};        ///< why
        std::optional<Seconds> processorTime{}; ///< once it has ended
    };

    void startMore() {
        while (running_.size() < tuning_.jobs && hasRoom()) {
            if (!interrupted_.empty()) {
                const store::TrialRow row = interrupted_.front();
                start(row.number, row.parameters, row.run);
                interrupted_.pop_front();
                continue;
            }
            const auto proposal = board_.ask();
            if (!proposal)
                return;
            start(proposal->id, board_.space().named(proposal->assignment), std::nullopt);
        }
    }

    /// Nothing is stored of a trial whose program cannot be started.
    void start(std::uint64_t trial, const Json& parameters, std::optional<RunId> earlier) {
        programs_.start(trial, commandOf(tuning_.command, parameters, board_.space(), trial),
                        environmentOf(parameters, trial));
        Running& running = running_[trial];
        if (earlier)
            store::restartTrial(workspace_, *earlier);
        running.run = earlier ? *earlier : store::addTrial(workspace_, id_, trial, parameters, versions_);
        energy_.begin(workspace_, trial, running.run);
        lastAccount_ = Clock::now();
        report();
    }

    void handle(const Programs::Event& event) {
        Running& running = running_.at(event.id);
        running.output.readErrors(event.errors);
        for (const Told& told : running.output.read(event.output))
            take(event.id, running, told);
        if (!event.ended)
            return;
        if (const auto told = running.output.finish())
            take(event.id, running, *told);
        if (running.failed.empty())
            running.failed = reasonOf(*event.ended);
        end(event.id, running);
    }

    void take(std::uint64_t trial, Running& running, const Told& told) {
        store::Transaction transaction(workspace_);
        if (since(lastAccount_) > freshEnough)
            account();
        const auto measured = measuredOf(energy_.of(trial), running);
        const std::int64_t step = told.step.value_or(++running.reports);
        auto values = measured; // what is measured counts, whatever the program says of it
        values.insert(told.metrics.begin(), told.metrics.end());
        for (const auto& [name, value] : values)
            store::putSeries(workspace_, running.run, name, std::array{store::SeriesPoint{step, value}});
        transaction.commit();
        const auto reason = board_.report(trial, told, measured);
        if (reason && running.stopped.empty())
            stop(trial, running.stopped, *reason);
    }

    /// text: where the reason belongs, of the running trial
    void stop(std::uint64_t trial, std::string& text, const std::string& reason) {
        text = reason;
        programs_.stop(trial);
    }

    void end(std::uint64_t trial, const Running& running) {
        store::Transaction transaction(workspace_);
        const Joules joules = energy_.end(workspace_, trial);
        lastAccount_ = Clock::now();
        store::addRunSeconds(workspace_, running.run, since(running.start));
        if (const std::string log = running.output.log(); !log.empty())
            store::putBlob(workspace_, running.run, "log", log, {{"type", "text/plain"}});
        if (control_.cancelRequested()) { // it begins anew when the study is taken up
            store::setRunState(workspace_, running.run, store::RunState::Cancelled);
        } else {
            store::endTrial(workspace_, running.run,
                            board_.end(trial, running.stopped, running.failed, measuredOf(joules, running)));
            ++ended_;
        }
        transaction.commit();
        running_.erase(trial);
        report();
    }

    void watch() {
        if (since(lastAccount_) > accountEvery) {
            store::Transaction transaction(workspace_);
            account();
            transaction.commit();
        }
        const std::string over = shareOf(spent()) >= 1 ? "the budget is used up" : "";
        for (auto& [trial, running] : running_) {
            if (control_.cancelRequested())
                programs_.stop(trial);
            else if (!over.empty() && running.stopped.empty())
                stop(trial, running.stopped, over);
            else if (tuning_.trialSeconds > 0 && running.failed.empty() &&
                     since(running.start).value > tuning_.trialSeconds)
                stop(trial, running.failed, "it took longer than " + shortText(tuning_.trialSeconds) + " s");
        }
    }

    /// For one more trial, as far as those before tell what it takes.
    bool hasRoom() const {
        const auto begun = static_cast<double>(ended_ + running_.size());
        if (ended_ + running_.size() >= tuning_.budget.trials)
            return false;
        const Cost now = spent();
        return shareOf(begun > 0 ? now * ((begun + 1) / begun) : now) < 1;
    }

    /// Of the limit that comes first, apart from the trials'.
    double shareOf(const Cost& cost) const {
        const TuningBudget& budget = tuning_.budget;
        double share = 0;
        if (budget.seconds > 0)
            share = cost.seconds.value / budget.seconds;
        if (budget.joules > 0)
            share = std::max(share, cost.joules.value / budget.joules);
        if (budget.grams > 0)
            share = std::max(share, cost.joules.value * gramsPerJoule_ / budget.grams);
        return share;
    }

    /// Of earlier sessions, and of this one as of the last account.
    Cost spent() const { return earlier_ + Cost{energy_.total(), since(start_)}; }

    std::map<std::string, double> measuredOf(Joules joules, const Running& running) const {
        return {{energyMetric, joules.value},
                {secondsMetric, since(running.start).value},
                {gramsMetric, joules.value * gramsPerJoule_}};
    }

    std::optional<Seconds> processorTime(std::uint64_t trial) const {
        const auto found = running_.find(trial);
        if (found != running_.end() && found->second.processorTime)
            return found->second.processorTime;
        return programs_.processorTime(trial);
    }

    void account() {
        energy_.account(workspace_);
        lastAccount_ = Clock::now();
    }

    void report() {
        const auto planned = static_cast<double>(tuning_.budget.trials);
        const double fraction =
            std::min(1.0, std::max(static_cast<double>(ended_) / planned, shareOf(spent())));
        Progress progress{.phase = "tuning",
                          .message = std::to_string(ended_) + " of " + std::to_string(tuning_.budget.trials) +
                                     " trials, " + std::to_string(running_.size()) + " running",
                          .fraction = fraction,
                          .remaining = time_.estimate(fraction),
                          .remainingEnergy = {}};
        if (progress.remaining && fraction > 0)
            progress.remainingEnergy = spent().joules * ((1 - fraction) / fraction);
        progress_(progress);
    }

    store::Workspace& workspace_;
    StudyId id_;
    Control& control_;
    const ProgressSink& progress_;
    store::RunnerLock lock_;
    Tuning tuning_;
    Json versions_ = versionsNow();
    TrialBoard board_;
    double gramsPerJoule_;
    energy::Recorder recorder_;
    Programs programs_;
    std::map<std::uint64_t, Running> running_;
    TrialEnergy energy_;
    std::deque<store::TrialRow> interrupted_;
    std::size_t ended_ = 0;
    Cost earlier_;
    Clock::time_point start_ = Clock::now(), lastAccount_ = start_;
    RemainingTime time_;
};

} // namespace

void runTuning(store::Workspace& workspace, StudyId id, Control& control, const ProgressSink& progress) {
    TuneRun(workspace, id, control, progress).run();
}

bool isTuningFinished(store::Workspace& workspace, StudyId id) {
    const TuningBudget budget = loadTuning(workspace, id).budget;
    const store::TrialCount trials = store::countTrials(workspace, id);
    if (trials.open > 0)
        return false;
    const auto end = store::findStudyDocument(workspace, id, endName);
    return trials.all >= budget.trials || (end && *end == Json(toJson(budget)));
}

} // namespace greenfront::study
