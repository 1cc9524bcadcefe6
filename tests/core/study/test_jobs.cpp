// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/jobs.h"

#include "core/store/runs.h"
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
};

QTEST_GUILESS_MAIN(TestJobs)
#include "test_jobs.moc"
