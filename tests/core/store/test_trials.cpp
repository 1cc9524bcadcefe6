// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/trials.h"

#include <QTest>
#include <limits>

using namespace greenfront;
using namespace greenfront::store;

namespace {

StudyId addTuning(Workspace& workspace) {
    putData(workspace, {"program-1", "train.sh", "program", Json::object(), Json::object()});
    return addStudy(workspace, "tune", "program-1", {{"seed", 1}}, tuningKind);
}

} // namespace

/// Trials are runs that a search was told of.
class TestTrials : public QObject {
    Q_OBJECT
private slots:
    void they_come_back_in_the_order_of_their_results() {
        const TestFolder folder;
        {
            auto workspace = Workspace::create(folder / "w.greenfront");
            const StudyId study = addTuning(workspace);
            const RunId first = addTrial(workspace, study, 0, {{"lr", 0.1}}, Json::object());
            const RunId second = addTrial(workspace, study, 1, {{"lr", 0.2}}, Json::object());
            addTrial(workspace, study, 2, {{"lr", 0.3}}, Json::object());
            addEnergy(workspace, second,
                      {.phase = "trial",
                       .source = "a",
                       .method = "m",
                       .provenance = Provenance::Measured,
                       .seconds = Seconds(1),
                       .joules = Joules(5),
                       .low = Joules(4),
                       .high = Joules(6),
                       .at = {}});
            addRunSeconds(workspace, second, Seconds(1.5));
            endTrial(workspace, second, {.objectives = {0.5, -1e-300}});
            endTrial(workspace, first,
                     {.outcome = TrialOutcome::Infeasible,
                      .objectives = {1, 2},
                      .violation = std::numeric_limits<double>::infinity()});
        }
        auto workspace = Workspace::open(folder / "w.greenfront", Access::ReadOnly);
        const auto trials = trialsOf(workspace, allStudies(workspace, tuningKind).front().id);
        QCOMPARE(trials.size(), std::size_t{3});
        QCOMPARE(trials[0].number, std::uint64_t{1});
        QCOMPARE(trials[0].result->objectives, (std::vector<double>{0.5, -1e-300}));
        QCOMPARE(trials[0].joules.value, 5.0);
        QCOMPARE(trials[0].low.value, 4.0);
        QCOMPARE(trials[0].high.value, 6.0);
        QCOMPARE(trials[0].seconds.value, 1.5);
        QVERIFY(trials[0].parameters == Json({{"lr", 0.2}}));
        QCOMPARE(trials[1].number, std::uint64_t{0});
        QVERIFY(std::isinf(trials[1].result->violation));
        QVERIFY(!trials[2].result);
    }

    void reasons_stand_with_their_runs() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const StudyId study = addTuning(workspace);
        const RunId failed = addTrial(workspace, study, 0, Json::object(), Json::object());
        const RunId stopped = addTrial(workspace, study, 1, Json::object(), Json::object());
        endTrial(workspace, failed, {.outcome = TrialOutcome::Failed, .reason = "status 3"});
        endTrial(workspace, stopped,
                 {.outcome = TrialOutcome::Stopped, .violation = 0.5, .reason = "median"});
        QVERIFY(findRun(workspace, failed)->state == RunState::Failed);
        QCOMPARE(findRun(workspace, failed)->error, std::string("status 3"));
        QVERIFY(findRun(workspace, stopped)->state == RunState::Finished);
        QCOMPARE(findRun(workspace, stopped)->note, std::string("median"));
        const auto trials = trialsOf(workspace, study);
        QCOMPARE(trials[0].result->reason, std::string("status 3"));
        QCOMPARE(trials[1].result->reason, std::string("median"));
    }

    void a_trial_that_begins_anew_forgets_what_it_told() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const StudyId study = addTuning(workspace);
        const RunId run = addTrial(workspace, study, 0, Json::object(), Json::object());
        putSeries(workspace, run, "loss", std::vector<SeriesPoint>{{1, 0.5}});
        setRunState(workspace, run, RunState::Cancelled);
        restartTrial(workspace, run);
        QVERIFY(seriesNames(workspace, run).empty());
        QVERIFY(!trialsOf(workspace, study)[0].result);
    }

    void their_studies_stand_apart_from_those_of_supernets() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        addStudyWithData(workspace);
        const StudyId study = addTuning(workspace);
        QCOMPARE(allStudies(workspace).size(), std::size_t{1});
        QCOMPARE(allStudies(workspace, tuningKind).size(), std::size_t{1});
        setStudyConfig(workspace, study, {{"seed", 2}});
        QCOMPARE(findStudy(workspace, study)->config.at("seed").get<int>(), 2);
        COMPLAINS("study 99", setStudyConfig(workspace, {99}, {}));
        COMPLAINS("trial 99", endTrial(workspace, {99}, {}));
    }
};

QTEST_APPLESS_MAIN(TestTrials)
#include "test_trials.moc"
