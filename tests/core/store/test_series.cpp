// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <QTest>
#include <array>
#include <cmath>
#include <limits>

using namespace greenfront;
using namespace greenfront::store;

/// Metrics over the steps of a run.
class TestSeries : public QObject {
    Q_OBJECT
private slots:
    void pointsComeBackInOrderOfSteps() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        putSeries(workspace, run, "loss", std::array{SeriesPoint{20, 0.1}, SeriesPoint{10, 1.0 / 3}});
        putSeries(workspace, run, "accuracy", std::array{SeriesPoint{-1, 97}});
        putSeries(workspace, run, "nothing", {});
        const auto points = series(workspace, run, "loss");
        QCOMPARE(points.size(), std::size_t{2});
        QCOMPARE(points[0].step, std::int64_t{10});
        QCOMPARE(points[0].value, 1.0 / 3);
        QCOMPARE(series(workspace, run, "loss", 11).size(), std::size_t{1});
        QVERIFY(seriesNames(workspace, run) == (std::vector<std::string>{"accuracy", "loss"}));
        QVERIFY(series(workspace, run, "absent").empty());
    }

    void aPointReplacesTheEarlierOneOfItsStep() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 5}});
        putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 6}});
        const auto points = series(workspace, run, "loss");
        QCOMPARE(points.size(), std::size_t{1});
        QCOMPARE(points[0].value, 6.0);
    }

    void whatIsNoNumberComesBackToo() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        constexpr auto infinity = std::numeric_limits<double>::infinity();
        putSeries(workspace, run, "loss",
                  std::array{SeriesPoint{1, std::nan("")}, SeriesPoint{2, infinity}, SeriesPoint{3, -0.0}});
        const auto points = series(workspace, run, "loss");
        QVERIFY(std::isnan(points[0].value));
        QCOMPARE(points[1].value, infinity);
        QCOMPARE(points[2].value, 0.0);
    }

    void runsHaveSeriesOfTheirOwn() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        const auto run = addRunWithStudy(workspace);
        const auto other = addRunWithStudy(workspace);
        putSeries(workspace, run, "loss", std::array{SeriesPoint{1, 1}});
        putSeries(workspace, other, "loss", std::array{SeriesPoint{1, 2}, SeriesPoint{2, 3}});
        QCOMPARE(series(workspace, run, "loss")[0].value, 1.0);
        QCOMPARE(series(workspace, other, "loss").size(), std::size_t{2});
        QCOMPARE(series(workspace, other, "loss")[0].value, 2.0);
    }

    void aSeriesNeedsItsRun() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        COMPLAINS("refers to something", putSeries(workspace, {7}, "loss", std::array{SeriesPoint{1, 1}}));
    }
};

QTEST_APPLESS_MAIN(TestSeries)
#include "test_series.moc"
