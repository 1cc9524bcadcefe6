// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/timing.h"

#include "core/base/error.h"
#include "core/store/runs.h"
#include "core/study/jobs.h"
#include "core/study/study.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>
#include <atomic>
#include <set>
#include <thread>

using namespace greenfront;
using namespace std::chrono_literals;
using energy::Moment;
using energy::Policy;
using study::CarbonGate;

namespace {

const Moment midnight = energy::parseMoment("2026-03-01T00:00:00Z").value();

/// Nobody waits: whoever sleeps moves the time on, a second at least.
struct MadeUpTime {
    std::shared_ptr<std::atomic<std::int64_t>> seconds = std::make_shared<std::atomic<std::int64_t>>(0);

    Moment now() const { return midnight + std::chrono::seconds(seconds->load()); }
    study::WaitClock clock() const {
        return {[*this] { return now(); }, [*this](std::chrono::milliseconds) { seconds->fetch_add(60); }};
    }
};

study::CarbonTiming timingOf(const std::vector<double>& hours, Policy policy, std::chrono::seconds window) {
    std::vector<energy::IntensityRecord> records;
    for (std::size_t i = 0; i < hours.size(); ++i)
        records.push_back({midnight + static_cast<int>(i) * 1h, midnight + static_cast<int>(i + 1) * 1h,
                           energy::GramsPerKwh(hours[i])});
    return {.series = {records, "", "series"}, .policy = policy, .window = window};
}

} // namespace

class TestTiming : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }

private slots:
    void without_a_plan_the_gate_is_open() {
        Control control;
        const CarbonGate gate;
        QVERIFY(gate.isOpen());
        gate.wait(control, [](const std::string&, Seconds) { QFAIL("it waited"); });
    }

    void a_flexible_start_waits_once_and_says_until_when() {
        const MadeUpTime time;
        Control control;
        const CarbonGate gate(timingOf({400, 400, 100, 400}, Policy::FlexibleStart, 4h), 1h, time.clock());
        QVERIFY(!gate.isOpen());
        std::vector<std::string> told;
        double left = 0;
        gate.wait(control, [&](const std::string& message, Seconds toGo) {
            told.push_back(message);
            left = std::max(left, toGo.value);
        });
        QVERIFY(time.now() == midnight + 2h);
        QCOMPARE(left, 7200.0);
        QVERIFY(told.front().find("2026-03-01T02:00:00Z") != std::string::npos);
        QVERIFY(told.front().find("100.0 g CO2e/kWh") != std::string::npos);
        QVERIFY(told.front().find("75.0 % less") != std::string::npos);
        QVERIFY(told.size() >= 12 && told.size() <= 14); // every ten minutes
        QVERIFY(gate.isOpen());
        *time.seconds += 7200; // it took longer than planned: it is not kept waiting
        QVERIFY(gate.isOpen());
    }

    void pause_and_resume_stands_still_in_between() {
        const MadeUpTime time;
        Control control;
        const CarbonGate gate(timingOf({100, 400, 100, 400}, Policy::PauseAndResume, 4h), 2h, time.clock());
        QVERIFY(gate.isOpen());
        *time.seconds += 3599;
        QVERIFY(gate.isOpen());
        *time.seconds += 1;
        QVERIFY(!gate.isOpen());
        gate.wait(control, [](const std::string&, Seconds) {});
        QVERIFY(time.now() == midnight + 2h);
    }

    void what_waits_can_be_cancelled() {
        const MadeUpTime time;
        Control control;
        const CarbonGate gate(timingOf({400, 100}, Policy::FlexibleStart, 2h), 1h, time.clock());
        QVERIFY_THROWS_EXCEPTION(
            Cancelled, gate.wait(control, [&](const std::string&, Seconds) { control.requestCancel(); }));
        QVERIFY(time.now() < midnight + 1h);
    }

    void a_study_that_does_not_fit_is_refused() {
        const MadeUpTime time;
        QVERIFY_THROWS_EXCEPTION(
            Error, CarbonGate(timingOf({400, 100}, Policy::FlexibleStart, 2h), 3h, time.clock()));
    }

    void a_study_waits_runs_and_pauses_by_its_plan() {
        auto workspace = store::Workspace::create(path("timed.greenfront"));
        const StudyId id = study::putStudy(workspace, testing::smallStudy());
        const MadeUpTime time;
        study::RunOptions options{.timing = timingOf({400, 100, 400, 100}, Policy::PauseAndResume, 4h),
                                  .clock = time.clock()};
        Control control;
        // How long it takes is not known on a machine that has not run anything yet.
        QVERIFY_THROWS_EXCEPTION(Error, study::runStudy(
                                            workspace, id, control, [](const Progress&) {}, options));
        options.timing->duration = 2h;
        std::vector<Moment> worked;
        std::set<std::string> waited;
        bool pausedMeanwhile = false;
        study::runStudy(
            workspace, id, control,
            [&](const Progress& progress) {
                if (progress.phase == "waiting") {
                    waited.insert(progress.message.substr(0, 26));
                    for (const store::RunRow& run : store::runsOf(workspace, id))
                        pausedMeanwhile |= run.state == store::RunState::Paused;
                } else if (progress.phase == "training" || progress.phase == "search") {
                    worked.push_back(time.now());
                    *time.seconds += 600;
                }
            },
            options);
        QCOMPARE(waited, (std::set<std::string>{"until 2026-03-01T01:00:00Z", "until 2026-03-01T03:00:00Z"}));
        QVERIFY(pausedMeanwhile);
        for (const Moment& moment : worked) // a step that was begun is ended
            QVERIFY((moment >= midnight + 1h && moment <= midnight + 2h) || moment >= midnight + 3h);
        QVERIFY(study::isFinished(workspace, id));
    }

    void a_queued_job_waits_and_can_be_cancelled() {
        {
            auto workspace = store::Workspace::create(path("queued.greenfront"));
            study::putStudy(workspace, testing::smallStudy());
        }
        std::atomic<bool> waits{false};
        study::JobQueue queue(path("queued.greenfront"), [&](const study::JobInfo& info) {
            if (info.progress.phase == "waiting")
                waits = true;
        });
        study::RunOptions options{
            .timing = timingOf({400, 100}, Policy::FlexibleStart, 2h),
            .clock = {[] { return midnight; }, [](std::chrono::milliseconds) { std::this_thread::yield(); }}};
        options.timing->duration = 30min;
        const auto job = queue.start(StudyId{1}, options);
        QTRY_VERIFY_WITH_TIMEOUT(waits, 60'000);
        queue.cancel(job);
        QTRY_VERIFY_WITH_TIMEOUT(queue.jobs().back().state == study::JobState::Cancelled, 60'000);
    }
};

QTEST_GUILESS_MAIN(TestTiming)
#include "test_timing.moc"
