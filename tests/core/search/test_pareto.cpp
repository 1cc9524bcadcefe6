// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pareto.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace greenfront;
using search::Point;

namespace {

constexpr auto minimise = Direction::Minimise;
constexpr auto maximise = Direction::Maximise;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
const std::vector<Direction> bothDown{minimise, minimise};
const std::vector<Direction> costAndScore{minimise, maximise};

/// The definition word for word: the rank is one more than the highest rank of what dominates the point.
std::vector<int> naiveRanks(const std::vector<Point>& points, const std::vector<Direction>& directions) {
    std::vector<int> ranks(points.size(), 0);
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < points.size(); ++i)
            for (std::size_t j = 0; j < points.size(); ++j)
                if (ranks[i] <= ranks[j] && search::dominates(points[j], points[i], directions)) {
                    ranks[i] = ranks[j] + 1;
                    changed = true;
                }
    }
    return ranks;
}

} // namespace

class TestPareto : public QObject {
    Q_OBJECT

private slots:
    void dominatingIsBetterSomewhereAndWorseNowhere_data() {
        QTest::addColumn<QVector<double>>("a");
        QTest::addColumn<QVector<double>>("b");
        QTest::addColumn<bool>("expected");
        QTest::newRow("better in both") << QVector<double>{1, 9} << QVector<double>{2, 8} << true;
        QTest::newRow("better in one") << QVector<double>{1, 9} << QVector<double>{2, 9} << true;
        QTest::newRow("equal") << QVector<double>{1, 9} << QVector<double>{1, 9} << false;
        QTest::newRow("a trade") << QVector<double>{1, 8} << QVector<double>{2, 9} << false;
        QTest::newRow("worse") << QVector<double>{2, 8} << QVector<double>{1, 9} << false;
        QTest::newRow("a value before none") << QVector<double>{9, 1} << QVector<double>{1, none} << true;
        QTest::newRow("none before a value") << QVector<double>{1, none} << QVector<double>{9, 1} << false;
        QTest::newRow("none and none") << QVector<double>{1, none} << QVector<double>{2, none} << false;
    }
    void dominatingIsBetterSomewhereAndWorseNowhere() {
        QFETCH(QVector<double>, a);
        QFETCH(QVector<double>, b);
        QFETCH(bool, expected);
        QCOMPARE(search::dominates({a.begin(), a.end()}, {b.begin(), b.end()}, costAndScore), expected);
    }

    void ranksPeelOneFrontAfterTheOther() {
        const std::vector<Point> points{{1, 5}, {2, 3}, {4, 1}, {2, 6}, {3, 4}, {5, 5}};
        QCOMPARE(search::nonDominatedRanks(points, bothDown), (std::vector<int>{0, 0, 0, 1, 1, 2}));
        QCOMPARE(search::paretoFront(points, bothDown), (std::vector<std::size_t>{0, 1, 2}));
    }

    void directionsTurnTheFrontRound() {
        const std::vector<Point> points{{1, 5}, {2, 3}, {4, 1}, {2, 6}, {3, 4}, {5, 5}};
        QCOMPARE(search::paretoFront(points, costAndScore), (std::vector<std::size_t>{0, 3}));
        const std::vector<Direction> bothUp{maximise, maximise};
        QCOMPARE(search::paretoFront(points, bothUp), (std::vector<std::size_t>{3, 5}));
    }

    void equalPointsShareTheirRank() {
        const std::vector<Point> points{{2, 2}, {1, 1}, {2, 2}, {1, 1}, {1, 2}};
        QCOMPARE(search::nonDominatedRanks(points, bothDown), (std::vector<int>{2, 0, 2, 0, 1}));
        QCOMPARE(search::paretoFront(points, bothDown), (std::vector<std::size_t>{1, 3}));
    }

    void pointsWithoutAValueComeLast() {
        const std::vector<Point> points{{none, 0}, {1, 1}, {2, 2}, {0, none}};
        QCOMPARE(search::nonDominatedRanks(points, bothDown), (std::vector<int>{2, 0, 1, 2}));
        QCOMPARE(search::paretoFront(points, bothDown), (std::vector<std::size_t>{1}));
        const std::vector<Point> nothing{{none, none}};
        QCOMPARE(search::nonDominatedRanks(nothing, bothDown), (std::vector<int>{0}));
        QVERIFY(search::paretoFront(nothing, bothDown).empty());
    }

    void nothingHasNoFront() {
        QVERIFY(search::nonDominatedRanks({}, bothDown).empty());
        QVERIFY(search::paretoFront({}, bothDown).empty());
        QVERIFY(search::crowdingDistances({}).empty());
    }

    void oneObjectiveRanksByValue() {
        const std::vector<Direction> up{maximise};
        const std::vector<Point> points{{3}, {9}, {3}, {4}};
        QCOMPARE(search::nonDominatedRanks(points, up), (std::vector<int>{2, 0, 2, 1}));
    }

    void ranksAgreeWithTheDefinition_data() {
        QTest::addColumn<int>("objectives");
        QTest::addColumn<int>("levels");
        for (const int objectives : {1, 2, 3, 4})
            for (const int levels : {2, 8, 1000})
                QTest::addRow("%d objectives of %d levels", objectives, levels) << objectives << levels;
    }
    void ranksAgreeWithTheDefinition() {
        QFETCH(int, objectives);
        QFETCH(int, levels);
        Rng rng(7);
        for (const std::size_t count : {1, 2, 5, 30, 120}) {
            auto points = testing::randomPoints(count, static_cast<std::size_t>(objectives),
                                                static_cast<std::size_t>(levels), rng);
            const auto directions = testing::randomDirections(static_cast<std::size_t>(objectives), rng);
            const auto ranks = naiveRanks(points, directions);
            QCOMPARE(search::nonDominatedRanks(points, directions), ranks);
            const auto front = search::paretoFront(points, directions);
            QCOMPARE(front.size(), static_cast<std::size_t>(std::ranges::count(ranks, 0)));
            for (const std::size_t index : front)
                QCOMPARE(ranks[index], 0);
            QVERIFY(std::ranges::is_sorted(front, {}, [&](std::size_t i) { return points[i][0]; }));
        }
    }

    void crowdingIsTheSideOfTheEmptyBoxAround() {
        const std::vector<Point> front{{0, 10}, {1, 6}, {4, 5}, {10, 0}};
        const auto distances = search::crowdingDistances(front);
        QCOMPARE(distances[0], infinite);
        QCOMPARE(distances[1], 4.0 / 10 + 5.0 / 10);
        QCOMPARE(distances[2], 9.0 / 10 + 6.0 / 10);
        QCOMPARE(distances[3], infinite);
    }

    void crowdingOfEqualOrMissingValuesIsFinite() {
        const std::vector<Point> points{{1, 3}, {1, 3}, {1, 3}, {none, 1}};
        const auto distances = search::crowdingDistances(points);
        QCOMPARE(distances, (std::vector<double>{infinite, 0, infinite, 0}));
        const std::vector<Point> unbounded{{-infinite, 2}, {0, 1}, {infinite, 0}};
        QCOMPARE(search::crowdingDistances(unbounded)[1], 1.0);
    }
};

QTEST_APPLESS_MAIN(TestPareto)
#include "test_pareto.moc"
