// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/hypervolume.h"
#include "tests/core/search/pagmo_oracle.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <utility>

using namespace greenfront;
using search::Point;

/// The same questions to Pagmo, whose authors never saw this code.
class TestParetoPagmo : public QObject {
    Q_OBJECT

private slots:
    void ranksAgree_data() {
        QTest::addColumn<int>("objectives");
        QTest::addColumn<int>("levels");
        for (const int objectives : {2, 3, 5})
            for (const int levels : {3, 20, 100000})
                QTest::addRow("%d objectives of %d levels", objectives, levels) << objectives << levels;
    }
    void ranksAgree() {
        QFETCH(int, objectives);
        QFETCH(int, levels);
        Rng rng(3);
        const auto size = static_cast<std::size_t>(objectives);
        const std::vector<Direction> directions(size, Direction::Minimise);
        for (const std::size_t count : {2, 17, 400}) {
            const auto points = testing::randomPoints(count, size, static_cast<std::size_t>(levels), rng);
            QCOMPARE(search::nonDominatedRanks(points, directions), testing::pagmoRanks(points));
        }
    }

    void hypervolumesAgree_data() {
        QTest::addColumn<int>("objectives");
        QTest::addColumn<int>("most");
        for (const auto& [objectives, most] : {std::pair{2, 400}, {3, 400}, {4, 100}, {5, 40}, {10, 10}})
            QTest::addRow("%d objectives", objectives) << objectives << most;
    }
    void hypervolumesAgree() {
        QFETCH(int, objectives);
        QFETCH(int, most);
        Rng rng(4);
        const auto size = static_cast<std::size_t>(objectives);
        const std::vector<Direction> directions(size, Direction::Minimise);
        const Point reference(size, 2000); // Pagmo wants every point to improve on it
        for (const std::size_t levels : {9, 5000})
            for (const int count : {1, 2, most / 4, most}) {
                const auto points = testing::randomPoints(static_cast<std::size_t>(count), size, levels, rng);
                const double expected = testing::pagmoHypervolume(points, reference);
                QVERIFY(std::abs(search::hypervolume(points, directions, reference) / expected - 1) < 1e-12);
            }
    }

    void contributionsAgree_data() { hypervolumesAgree_data(); }
    void contributionsAgree() {
        QFETCH(int, objectives);
        QFETCH(int, most);
        Rng rng(6);
        const auto size = static_cast<std::size_t>(objectives);
        const std::vector<Direction> directions(size, Direction::Minimise);
        const Point reference(size, 2000);
        const auto points = testing::randomPoints(static_cast<std::size_t>(most / 2), size, 5000, rng);
        const auto expected = testing::pagmoContributions(points, reference);
        const auto contributions = search::hypervolumeContributions(points, directions, reference);
        const double whole = search::hypervolume(points, directions, reference);
        for (std::size_t i = 0; i < points.size(); ++i)
            QVERIFY(std::abs(contributions[i] - expected[i]) < 1e-12 * whole);
    }

    void crowdingDistancesAgree() {
        Rng rng(5);
        const std::vector<Direction> directions(2, Direction::Minimise);
        const auto points = testing::randomPoints(2000, 2, 1U << 30, rng);
        std::vector<Point> front;
        for (const std::size_t index : search::paretoFront(points, directions))
            front.push_back(points[index]);
        QVERIFY(front.size() > 4);
        const auto expected = testing::pagmoCrowding(front);
        const auto distances = search::crowdingDistances(front);
        for (std::size_t i = 0; i < front.size(); ++i)
            QVERIFY(distances[i] == expected[i] || std::abs(distances[i] - expected[i]) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestParetoPagmo)
#include "test_pareto_pagmo.moc"
