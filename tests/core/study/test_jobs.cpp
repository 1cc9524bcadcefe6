// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/jobs.h"

#include "core/store/runs.h"
#include "core/study/tune.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>
#include <mutex>

using namespace greenfront;
using study::JobState;

class TestJobs : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path path_;
    StudyId study_;
    std::mutex mutex_;
    std::vector<study::JobInfo> seen_;

    std::unique_ptr<study::JobQueue> makeQueue() {
        return std::make_unique<study::JobQueue>(path_, [this](const study::JobInfo& info) {
            const std::lock_guard lock(mutex_);
            seen_.push_back(info);
        });
    }

    /// For the x that makes what this program tells lowest.
    StudyId putSearch(const std::string& script, std::size_t trials) const {
        study::Tuning tuning;
        tuning.name = "least x";
        tuning.space = {{"parameters", {{{"name", "x"}, {"type", "float"}, {"low", 0}, {"high", 1}}}}};
        tuning.objectives = {{"loss", Direction::Minimise}};
        tuning.command = {"sh", "-c", script, "name", "{x}"};
        tuning.method = "random";
        tuning.budget.trials = trials;
        auto workspace = store::Workspace::open(path_);
        return study::putTuning(workspace, tuning);
    }

    static JobState stateOf(const study::JobQueue& queue) { return queue.jobs().back().state; }

private slots:
    void init() {
        static int count = 0;
        path_ = std::filesystem::path(folder_.path().toStdString()) /
                ("w" + std::to_string(++count) + ".greenfront");
        auto workspace = store::Workspace::create(path_);
        study_ = study::putStudy(workspace, testing::smallStudy());
        seen_.clear();
    }

    void a_job_runs_to_its_end_and_tells_of_its_progress() {
        const auto queue = makeQueue();
        const auto job = queue->start(study_);
        QVERIFY(queue->start(study_) == job); // twice started is once started
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 120'000);
        const std::lock_guard lock(mutex_);
        QVERIFY(seen_.front().state == JobState::Queued);
        QVERIFY(std::ranges::any_of(seen_, [](const auto& info) { return info.progress.phase == "search"; }));
        QCOMPARE(seen_.back().progress.fraction, 1.0);
        QCOMPARE(seen_.back().title, std::string("small"));
    }

    void a_paused_job_stands_still_and_goes_on() {
        const auto queue = makeQueue();
        const auto job = queue->start(study_);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Running, 60'000);
        queue->pause(job);
        QVERIFY(stateOf(*queue) == JobState::Paused);
        queue->resume(job);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 120'000);
    }

    void closing_the_queue_keeps_the_work_for_the_next_one() {
        {
            const auto queue = makeQueue();
            queue->start(study_);
            QTRY_VERIFY_WITH_TIMEOUT(queue->jobs().back().progress.phase == "training", 60'000);
        }
        auto workspace = store::Workspace::open(path_);
        const auto runs = store::runsOf(workspace, study_);
        QVERIFY(runs.empty() || runs.front().state == store::RunState::Cancelled);
        const auto queue = makeQueue();
        queue->start(study_);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 120'000);
    }

    void a_job_that_fails_says_why_and_the_queue_lives_on() {
        const auto queue = makeQueue();
        {
            const auto lock = store::RunnerLock::tryTake(path_);
            queue->start(study_);
            QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Failed, 60'000);
        }
        QVERIFY(queue->jobs().back().error.find("another Greenfront") != std::string::npos);
        queue->start(study_);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 120'000);
    }

    void a_search_of_parameters_is_a_job_too() {
        const StudyId search = putSearch("echo \"{\\\"loss\\\": $1}\"", 4);
        const auto queue = makeQueue();
        queue->start(search);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 60'000);
        auto workspace = store::Workspace::open(path_);
        const auto trials = store::trialsOf(workspace, search);
        QCOMPARE(trials.size(), std::size_t(4));
        for (const auto& trial : trials)
            QCOMPARE(trial.result->objectives.at(0), trial.parameters.at("x").get<double>());
        QVERIFY(study::isTuningFinished(workspace, search));
        const store::TrialCount count = store::countTrials(workspace, search);
        QCOMPARE(count.all, std::size_t(4));
        QVERIFY(count.seconds.value > 0 && count.joules.value > 0);
        const std::lock_guard lock(mutex_);
        QCOMPARE(seen_.back().title, std::string("least x"));
        QVERIFY(std::ranges::any_of(seen_, [](const auto& info) { return info.progress.phase == "tuning"; }));
    }

    void a_cancelled_search_is_taken_up_where_it_stopped() {
        const StudyId search = putSearch("sleep 0.1; echo \"{\\\"loss\\\": $1}\"", 12);
        const auto queue = makeQueue();
        const auto job = queue->start(search);
        QTRY_VERIFY_WITH_TIMEOUT(queue->jobs().back().progress.fraction > 0, 60'000);
        queue->cancel(job);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Cancelled, 60'000);
        auto workspace = store::Workspace::open(path_);
        QVERIFY(!study::isTuningFinished(workspace, search));
        queue->start(search);
        QTRY_VERIFY_WITH_TIMEOUT(stateOf(*queue) == JobState::Finished, 60'000);
        QCOMPARE(store::countTrials(workspace, search).all, std::size_t(12));
        QCOMPARE(store::countTrials(workspace, search).open, std::size_t(0));
        QVERIFY(study::isTuningFinished(workspace, search));
    }

    void a_search_with_a_larger_budget_is_not_at_its_end() {
        const StudyId search = putSearch("echo \"{\\\"loss\\\": $1}\"", 2);
        auto workspace = store::Workspace::open(path_);
        Control control;
        study::runTuning(workspace, search, control, [](const Progress&) {});
        QVERIFY(study::isTuningFinished(workspace, search));
        study::Tuning larger = study::loadTuning(workspace, search);
        larger.budget.trials = 3;
        study::changeTuning(workspace, search, larger);
        QVERIFY(!study::isTuningFinished(workspace, search));
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "test_jobs.moc"
