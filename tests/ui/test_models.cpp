// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/study/devices.h"
#include "tests/ui/made_up_workspace.h"
#include "ui/models/candidate_details.h"
#include "ui/models/curves.h"
#include "ui/models/front_model.h"
#include "ui/models/front_query.h"
#include "ui/models/job_rows.h"
#include "ui/models/question.h"
#include "ui/models/studies.h"
#include "ui/models/task.h"
#include "ui/models/texts.h"

#include <QAbstractItemModelTester>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <atomic>

using namespace greenfront;

class TestModels : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        path_ = ui::toPath(dir_.filePath("made-up.greenfront"));
        made_ = tests::makeUpWorkspace(path_, 40, 5, 20);
    }

    void metricsAreWrittenWithTheirUnitAtASensiblePrecision() {
        const auto text = [](double value, const char* unit) {
            return ui::valueText(
                {.name = "m", .value = value, .unit = unit, .low = {}, .high = {}, .method = {}});
        };
        QCOMPARE(text(97.3142, "%"), "97.31 %");
        QCOMPARE(text(1.2351, "ms"), "1.24 ms");
        QCOMPARE(text(12.35, "ms"), "12.3 ms");
        QCOMPARE(text(0.2356, "ms"), "0.236 ms");
        QCOMPARE(text(1370000, ""), "1.37 M");
        QCOMPARE(text(144, ""), "144");
        QCOMPARE(text(1240, "J"), "1.24 kJ");
    }

    void lossIsPutOnTheAxisOfEpochs() {
        auto workspace = store::Workspace::open(path_);
        const ui::Curves curves = ui::loadCurves(workspace, made_.study);
        const ui::Curve* loss = curves.find("loss");
        QVERIFY(loss != nullptr);
        QCOMPARE(loss->epochs.size(), std::size_t(100)); // every point, none sampled away
        QCOMPARE(loss->epochs.front(), 1.0 / 20);
        QCOMPARE(loss->epochs.back(), 5.0);
        QCOMPARE(curves.find("loss_epoch")->epochs.front(), 0.5); // a mean stands in the middle of its epoch
        QCOMPARE(curves.find("accuracy_largest")->epochs, (std::vector<double>{1, 2, 3, 4, 5}));
        QVERIFY(curves.find("hypervolume") == nullptr);
        QVERIFY(ui::energyText(curves.energy).contains("estimated"));
    }

    void aStudyWithoutTrainingHasNoCurves() {
        auto workspace = store::Workspace::open(path_);
        QVERIFY(ui::loadCurves(workspace, StudyId{999}).curves.empty());
    }

    void theFrontOffersItsDevicesAndReplacesUnknownNames() {
        auto workspace = store::Workspace::open(path_);
        const auto view =
            ui::loadFront(workspace, {.study = made_.study, .x = "beauty", .device = "toaster"});
        QCOMPARE(view.devices.size(), std::size_t(2));
        QCOMPARE(view.front.device, std::string("this-machine"));
        QCOMPARE(view.front.x, std::string("latency_ms"));
        QCOMPARE(view.front.points.size(), std::size_t(40));
        const auto other =
            ui::loadFront(workspace, {.study = made_.study, .x = "macs", .device = "raspberry-pi-4"});
        QCOMPARE(other.front.device, std::string("raspberry-pi-4"));
        QCOMPARE(other.front.x, std::string("macs"));
    }

    void devicesOfTheWorkspaceAreCalledByTheirTitles() {
        auto workspace = store::Workspace::open(path_);
        const ui::FrontQuery query{.study = made_.study, .x = "macs", .device = "raspberry-pi-4"};
        const auto title = [&] {
            const auto view = ui::loadFront(workspace, query);
            return ui::deviceTitle(view.front.device, view.titles);
        };
        QVERIFY(title().startsWith("Raspberry Pi 4"));
        study::addDevice(workspace,
                         {{"id", "raspberry-pi-4"},
                          {"title", "Kitchen radio (overclocked)"},
                          {"threads", 4},
                          {"peak_gflops", 13},
                          {"bandwidth_gb_s", 4},
                          {"source", "measured once"}},
                         nullptr, "radio.json");
        QCOMPARE(title(), QString("Kitchen radio (overclocked)"));
        const auto view = ui::loadFront(workspace, query);
        QCOMPARE(ui::shortDeviceTitle("raspberry-pi-4", view.titles), QString("Kitchen radio"));
        QCOMPARE(ui::deviceTitle("old-phone", view.titles), QString("Old phone"));
        QCOMPARE(view.front.deviceTitle, std::string("Kitchen radio (overclocked)"));
    }

    void theFrontModelSortsByNumberAndFiltersToTheFront() {
        ui::FrontModel model;
        const QAbstractItemModelTester tester(&model);
        ui::FrontFilter filter;
        filter.setSourceModel(&model);
        model.setFront(tests::fourPoints());
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.columnCount(), 4);
        QCOMPARE(model.headerData(3, Qt::Horizontal, Qt::DisplayRole).toString(), "Accuracy");
        filter.sort(3, Qt::DescendingOrder);
        QCOMPARE(filter.index(0, 3).data().toString(), "97.00 %");
        QCOMPARE(filter.index(3, 3).data().toString(), "90.00 %");
        filter.setFrontOnly(true);
        QCOMPARE(filter.rowCount(), 3);
        QCOMPARE(model.rowOf(CandidateId{3}), std::optional(2));
        QVERIFY(!model.rowOf(CandidateId{77}));
    }

    void theCandidatePanelTellsEveryMetricAndLayer() {
        auto workspace = store::Workspace::open(path_);
        const auto details = ui::loadCandidate(workspace, CandidateId{1});
        const auto rows = ui::metricRows(details, "raspberry-pi-4");
        QCOMPARE(rows.size(), details.metrics.size());
        QCOMPARE(rows.front()[0].text, "Latency");
        QCOMPARE(rows.front()[3].text, "estimated");
        QVERIFY(!rows.front()[2].text.isEmpty());
        QCOMPARE(ui::layerRows(details.network).size(), details.network.layers.size());
        QVERIFY(ui::inWords(details.network).first().startsWith("Stage 1"));
        QVERIFY_THROWS_EXCEPTION(Error, ui::loadCandidate(workspace, CandidateId{4711}));
    }

    void aStudyOfAnEarlierSessionCanBeResumed() {
        ui::StudyEntry entry;
        entry.id = StudyId{1};
        entry.study.name = "digits";
        store::RunRow run;
        run.state = store::RunState::Interrupted;
        entry.runs = {run};
        const auto rows = ui::jobRows({}, {entry});
        QCOMPARE(rows.size(), std::size_t(1));
        QCOMPARE(rows[0].state, "Interrupted");
        QCOMPARE(rows[0].actions, std::vector{ui::JobAction::Start});
        entry.finished = true;
        QVERIFY(ui::jobRows({}, {entry})[0].actions.empty());
    }

    void runningJobsComeFirstAndTellWhatIsStillToCome() {
        const study::JobInfo done{.id = {1},
                                  .study = {1},
                                  .title = "a",
                                  .state = study::JobState::Finished,
                                  .progress = {},
                                  .error = {}};
        study::JobInfo running{.id = {2},
                               .study = {2},
                               .title = "b",
                               .state = study::JobState::Running,
                               .progress = {},
                               .error = {}};
        running.progress = {.phase = "training",
                            .message = "epoch 2 of 9",
                            .fraction = 0.25,
                            .remaining = Seconds(90),
                            .remainingEnergy = Joules(2000)};
        const auto rows = ui::jobRows({done, running}, {});
        QCOMPARE(rows[0].title, "b");
        QCOMPARE(rows[0].detail, "Training – epoch 2 of 9");
        QVERIFY(rows[0].times.contains("1 min 30 s"));
        QVERIFY(rows[0].energy.contains("2.00 kJ"));
        QVERIFY(ui::runningText({done}, {}).isEmpty());
        QVERIFY(ui::runningText({done, running}, {}).startsWith("Running: b"));
    }

    void onlyTheLatestQuestionIsAnswered() {
        ui::WorkspaceThread thread(path_);
        QSemaphore gate;
        std::atomic<int> asked = 0;
        int answers = 0;
        int last = 0;
        ui::Question question;
        for (int i = 1; i <= 5; ++i)
            question.ask(
                thread,
                [&, i](store::Workspace&) {
                    ++asked;
                    if (i == 1)
                        gate.acquire();
                    return i;
                },
                [&](int answer) {
                    ++answers;
                    last = answer;
                },
                [](const ui::Problem&) {});
        QVERIFY(question.isWaiting());
        gate.release();
        QTRY_VERIFY(thread.isIdle());
        QCOMPARE(answers, 1);
        QCOMPARE(last, 5);
        QVERIFY(asked <= 2); // the first may have begun before it was stale; those between never do
        QVERIFY(!question.isWaiting());
    }

    void whatAQuestionThrowsComesBackAsAProblem() {
        ui::WorkspaceThread thread(path_);
        ui::Question question;
        QString what;
        question.ask(
            thread,
            [](store::Workspace&) -> int { throw Error("read", "it", "it is gone", "Look elsewhere"); },
            [](int) {}, [&](const ui::Problem& problem) { what = problem.what + ' ' + problem.advice; });
        QTRY_COMPARE(what, "Cannot read it: it is gone. Look elsewhere.");
    }

    void aFileThatIsNoWorkspaceIsRefusedWithAReason() {
        const QString path = dir_.filePath("text.greenfront");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "this is a text file, and not a small one either, so that its beginning is looked at in full");
        file.close();
        ui::WorkspaceThread thread(ui::toPath(path));
        QString what;
        connect(&thread, &ui::WorkspaceThread::failed, this,
                [&](const ui::Problem& problem) { what = problem.what; });
        QTRY_VERIFY(what.contains("text.greenfront"));
    }

    void aTaskCanBeCancelled() {
        ui::Task task;
        const QSignalSpy cancelled(&task, &ui::Task::cancelled);
        const QSignalSpy finished(&task, &ui::Task::finished);
        task.start([](Control& control) -> ui::Reply {
            for (;;)
                control.checkpoint();
        });
        QVERIFY(task.isRunning());
        task.cancel();
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(cancelled.count(), 1);
        QVERIFY(!task.isRunning());
    }

private:
    QTemporaryDir dir_;
    std::filesystem::path path_;
    tests::MadeUp made_;
};

QTEST_GUILESS_MAIN(TestModels)
#include "test_models.moc"
