// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/predictions.h"

#include <QTest>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

/// What runs were expected to cost.
class TestPredictions : public QObject {
    Q_OBJECT
private slots:
    void aPredictionReadsBackAndTheLaterOneOfItsKindCounts() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const RunId run = addRunWithStudy(workspace);
        PredictionRow row{.run = run,
                          .kind = "profile",
                          .share = 0.02,
                          .planned = 6,
                          .joules = Joules(100),
                          .joulesLow = Joules(90),
                          .joulesHigh = Joules(115),
                          .seconds = Seconds(10),
                          .secondsLow = Seconds(8),
                          .secondsHigh = Seconds(13),
                          .method = "from a profile",
                          .at = {}};
        putPrediction(workspace, row);
        row.planned = 4;
        putPrediction(workspace, row);
        row.kind = "before";
        putPrediction(workspace, row);
        const auto rows = predictionsOf(workspace, run);
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(allPredictions(workspace).size(), std::size_t{2});
        QVERIFY(rows[0].kind == "before" && rows[1].kind == "profile");
        QCOMPARE(rows[1].planned, 4);
        QCOMPARE(rows[1].share, 0.02);
        QVERIFY(rows[1].joules == Joules(100) && rows[1].joulesLow == Joules(90) &&
                rows[1].joulesHigh == Joules(115));
        QVERIFY(rows[1].seconds == Seconds(10) && rows[1].secondsLow == Seconds(8) &&
                rows[1].secondsHigh == Seconds(13));
        QCOMPARE(rows[1].method, std::string("from a profile"));
        QVERIFY(!rows[1].at.empty());
    }

    void aFileOfTheFirstVersionGainsThemAndKeepsItsRuns() {
        const TestFolder folder;
        const auto path = folder / "old.greenfront";
        {
            auto workspace = Workspace::create(path);
            addRunWithStudy(workspace);
            QCOMPARE(sqlite3_exec(workspace.handle(),
                                  "DROP TABLE study_documents; DROP TABLE trials; ALTER TABLE studies DROP "
                                  "COLUMN kind; DROP TABLE "
                                  "devices; DROP TABLE idle_power; DROP TABLE predictions; ALTER "
                                  "TABLE runs DROP COLUMN note; "
                                  "PRAGMA user_version = 1",
                                  nullptr, nullptr, nullptr),
                     SQLITE_OK);
        }
        auto workspace = Workspace::open(path);
        const auto runs = allRuns(workspace);
        QCOMPARE(runs.size(), std::size_t{1});
        QVERIFY(runs[0].note.empty());
        setRunNote(workspace, runs[0].id, "the budget was used up");
        QCOMPARE(findRun(workspace, runs[0].id)->note, std::string("the budget was used up"));
        QVERIFY(allPredictions(workspace).empty());
        COMPLAINS("99", setRunNote(workspace, RunId{99}, "nobody's"));
    }
};

QTEST_APPLESS_MAIN(TestPredictions)
#include "test_predictions.moc"
