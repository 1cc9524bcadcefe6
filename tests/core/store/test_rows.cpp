// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <QTest>
#include <limits>

using namespace greenfront;
using namespace greenfront::store;

/// Data sets, studies, runs and energy come back as they were put in, from a file that was closed in between.
class TestRows : public QObject {
    Q_OBJECT
private slots:
    void dataSetsComeBack() {
        const TestFolder folder;
        const DataRow row{"ff00", "Ziffern \xc3\xa4", "usps", {{"shape", {1, 16, 16}}}, {{"path", "/a b/c"}}};
        {
            auto workspace = Workspace::create(folder / "w.greenfront");
            putData(workspace, row);
            putData(workspace, {"ff00", "another name", "idx", {}, {}}); // the first one stays
            putData(workspace, {"ee00", "A", "idx", Json::object(), Json::object()});
        }
        auto workspace = Workspace::open(folder / "w.greenfront");
        const auto found = findData(workspace, "ff00");
        QVERIFY(found);
        QCOMPARE(found->name, row.name);
        QCOMPARE(found->kind, row.kind);
        QVERIFY(found->info == row.info);
        QVERIFY(found->source == row.source);
        QVERIFY(!findData(workspace, "absent"));
        const auto all = allData(workspace);
        QCOMPARE(all.size(), std::size_t{2});
        QCOMPARE(all[0].name, std::string("A"));
    }

    void textThatIsNotUtf8DoesNotEndAJob() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        putData(workspace, {"1", "n", "k", {}, {{"path", "caf\xe9"}}});
        QCOMPARE(findData(workspace, "1")->source.at("path").get<std::string>(),
                 std::string("caf\xef\xbf\xbd"));
    }

    void studiesComeBackOldestFirst() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto first = addStudyWithData(workspace);
        const auto second = addStudy(workspace, "a second", "0123abcd", {{"x", 0.1}});
        QVERIFY(first != second);
        renameStudy(workspace, first, "renamed");
        const auto all = allStudies(workspace);
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[0].id == first);
        QCOMPARE(all[0].name, std::string("renamed"));
        QCOMPARE(all[0].created.size(), std::string("2026-01-31T12:00:00Z").size());
        const auto found = findStudy(workspace, second);
        QVERIFY(found);
        QCOMPARE(found->dataHash, std::string("0123abcd"));
        QCOMPARE(found->config.at("x").get<double>(), 0.1);
        QVERIFY(!findStudy(workspace, {99}));
        COMPLAINS("study 99: it is not in", renameStudy(workspace, {99}, "x"));
    }

    void aStudyNeedsItsDataSet() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        COMPLAINS("refers to something that is not in the workspace", addStudy(workspace, "s", "absent", {}));
        QVERIFY(allStudies(workspace).empty());
    }

    void runsComeBack() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        RunRow row;
        row.kind = "search";
        row.subject = "this-machine";
        row.parameters = {{"population", 64}};
        row.seed = std::numeric_limits<std::uint64_t>::max();
        row.versions = {{"greenfront", "0.1.0"}};
        auto workspace = Workspace::create(path);
        row.study = addStudyWithData(workspace);
        const auto id = addRun(workspace, row);
        const auto found = findRun(workspace, id);
        QVERIFY(found);
        QVERIFY(found->id == id);
        QVERIFY(found->study == row.study);
        QCOMPARE(found->kind, row.kind);
        QCOMPARE(found->subject, row.subject);
        QVERIFY(found->state == RunState::Queued);
        QCOMPARE(found->started, std::string());
        QVERIFY(found->parameters == row.parameters);
        QCOMPARE(found->seed, row.seed);
        QVERIFY(found->versions == row.versions);
        const auto other = addStudy(workspace, "other", "0123abcd", {});
        const auto second = addRunTo(workspace, other);
        QCOMPARE(runsOf(workspace, row.study).size(), std::size_t{1});
        QCOMPARE(allRuns(workspace).size(), std::size_t{2});
        QVERIFY(allRuns(workspace)[1].id == second);
        QVERIFY(!findRun(workspace, {99}));
    }

    void aRunTellsHowFarItIs() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto workspace = Workspace::create(path);
        const auto id = addRunWithStudy(workspace);
        const auto lock = RunnerLock::tryTake(path);
        QVERIFY(lock);
        setRunState(workspace, id, RunState::Running);
        const auto started = findRun(workspace, id)->started;
        QVERIFY(!started.empty());
        addRunSeconds(workspace, id, Seconds(1.5));
        setRunState(workspace, id, RunState::Failed, "Cannot train: it diverged.");
        addRunSeconds(workspace, id, Seconds(2));
        const auto failed = findRun(workspace, id);
        QVERIFY(failed->state == RunState::Failed);
        QCOMPARE(failed->error, std::string("Cannot train: it diverged."));
        QCOMPARE(failed->seconds.value, 3.5);
        QCOMPARE(failed->started, started);
        setRunState(workspace, id, RunState::Finished);
        QCOMPARE(findRun(workspace, id)->error, std::string());
        COMPLAINS("run 99", setRunState(workspace, {99}, RunState::Running));
        COMPLAINS("run 99", addRunSeconds(workspace, {99}, Seconds(1)));
    }

    void aRunWhoseProcessIsGoneReadsAsInterrupted() {
        const TestFolder folder;
        const auto path = folder / "w.greenfront";
        auto workspace = Workspace::create(path);
        const auto id = addRunWithStudy(workspace);
        const auto study = findRun(workspace, id)->study;
        {
            const auto lock = RunnerLock::tryTake(path);
            setRunState(workspace, id, RunState::Running);
            QVERIFY(allRuns(workspace)[0].state == RunState::Running);
            QVERIFY(findRun(workspace, id)->state == RunState::Running);
        }
        QVERIFY(allRuns(workspace)[0].state == RunState::Interrupted);
        QVERIFY(runsOf(workspace, study)[0].state == RunState::Interrupted);
        QVERIFY(findRun(workspace, id)->state == RunState::Interrupted);
    }

    void everyStateHasAName() {
        for (int i = 0; i <= static_cast<int>(RunState::Finished); ++i) {
            const auto state = static_cast<RunState>(i);
            QVERIFY(runStateFrom(toText(state)) == state);
        }
        QVERIFY(!runStateFrom("resting"));
    }

    void energyComesBackAndIsSummedByPhaseAndSource() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto other = addRunWithStudy(workspace);
        const auto add = [&](RunId id, const char* phase, Provenance provenance, double joules) {
            addEnergy(workspace, id,
                      {phase,
                       "cpu",
                       "a model",
                       provenance,
                       Seconds(2),
                       Joules(joules),
                       Joules(joules / 2),
                       Joules(joules * 2),
                       {}});
        };
        add(run, "training", Provenance::Estimated, 10);
        add(run, "search", Provenance::Estimated, 3);
        add(run, "training", Provenance::Estimated, 20);
        add(run, "search", Provenance::Measured, 7);
        add(other, "training", Provenance::Measured, 1000);

        const auto samples = energySamples(workspace, run);
        QCOMPARE(samples.size(), std::size_t{4});
        QCOMPARE(samples[2].joules.value, 20.0);
        QCOMPARE(samples[2].low.value, 10.0);
        QCOMPARE(samples[2].high.value, 40.0);
        QCOMPARE(samples[2].method, std::string("a model"));
        QVERIFY(!samples[2].at.empty());

        const auto totals = energyTotals(workspace, run);
        QCOMPARE(totals.size(), std::size_t{3}); // measured and estimated stay apart
        QCOMPARE(totals[0].phase, std::string("training"));
        QCOMPARE(totals[0].joules.value, 30.0);
        QCOMPARE(totals[0].low.value, 15.0);
        QCOMPARE(totals[0].high.value, 60.0);
        QCOMPARE(totals[0].seconds.value, 4.0);
        QCOMPARE(totals[1].joules.value, 3.0);
        QVERIFY(totals[1].provenance == Provenance::Estimated);
        QCOMPARE(totals[2].joules.value, 7.0);
        QVERIFY(totals[2].provenance == Provenance::Measured);
    }
};

QTEST_APPLESS_MAIN(TestRows)
#include "test_rows.moc"
