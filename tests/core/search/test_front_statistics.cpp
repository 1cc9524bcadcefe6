// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/attainment.h"
#include "core/search/front_probability.h"
#include "core/search/knee.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace greenfront;
using search::Gaussian;
using search::Point;
using search::UncertainPoint;

namespace {

constexpr auto minimise = Direction::Minimise;
constexpr auto maximise = Direction::Maximise;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
const std::vector<Direction> bothDown{minimise, minimise};

} // namespace

/// What is read off fronts: their knees, what repeats of a search attained, and what is probably on them.
class TestFrontStatistics : public QObject {
    Q_OBJECT

private slots:
    void the_knee_is_furthest_from_the_chord() {
        const std::vector<Point> points{{0, 10}, {1, 4}, {2, 1}, {6, 0.5}, {10, 0}, {9, 9}};
        const auto knee = search::kneeOf(points, bothDown);
        QCOMPARE(knee->index, 2U);
        QCOMPARE(knee->distance, 0.7 / std::sqrt(2.0));
        // The same front in other units, accuracy instead of error.
        std::vector<Point> scaled;
        for (const Point& point : points)
            scaled.push_back({1e6 * point[0], 100 - point[1]});
        const auto same = search::kneeOf(scaled, std::vector{minimise, maximise});
        QCOMPARE(same->index, 2U);
        QCOMPARE(same->distance, knee->distance);
    }

    void the_knee_of_three_objectives_is_furthest_below_the_plane() {
        const std::vector<Point> points{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0.4, 0.4, 0.1}, {0.2, 0.2, 0.2}};
        const auto knee = search::kneeOf(points, std::vector<Direction>(3, minimise));
        QCOMPARE(knee->index, 4U);
        QCOMPARE(knee->distance, 0.4 / std::sqrt(3.0));
    }

    void a_front_without_a_bulge_has_its_knee_at_an_end() {
        const std::vector<Point> hollow{{0, 10}, {6, 9}, {9, 6}, {10, 0}};
        QCOMPARE(search::kneeOf(hollow, bothDown)->index, 0U);
        QCOMPARE(search::kneeOf(hollow, bothDown)->distance, 0.0);
        const std::vector<Point> single{{3, 4}, {3, 4}};
        QCOMPARE(search::kneeOf(single, bothDown)->index, 0U);
        QVERIFY(!search::kneeOf({}, bothDown));
        const std::vector<Point> endless{{none, 1}, {-infinite, 1}};
        QVERIFY(!search::kneeOf(endless, bothDown));
    }

    void repeats_attain_surfaces() {
        const std::vector<std::vector<Point>> repeats{
            {{1, 5}, {4, 1}}, {{2, 4}, {5, 2}}, {{3, 3}, {none, 0}}};
        const auto levels = search::attainmentLevels(repeats, bothDown);
        QCOMPARE(levels.best, (std::vector<Point>{{1, 5}, {2, 4}, {3, 3}, {4, 1}}));
        QCOMPARE(levels.median, (std::vector<Point>{{2, 5}, {3, 4}, {4, 3}, {5, 2}}));
        QCOMPARE(levels.worst, (std::vector<Point>{{3, 5}, {4, 4}, {5, 3}}));
        QVERIFY(search::attainmentSurface(repeats, bothDown, 4).empty());
        QVERIFY(search::attainmentSurface(repeats, bothDown, 0).empty());
        QVERIFY(search::attainmentLevels({}, bothDown).best.empty());
    }

    /// A goal is attained by so many repeats exactly if a corner of that level is at least as good.
    void shares_and_surfaces_agree() {
        Rng rng(31);
        for (int round = 0; round < 30; ++round) {
            const auto directions = testing::randomDirections(2, rng);
            std::vector<std::vector<Point>> repeats;
            for (std::size_t i = 0; i < 1 + rng.below(6); ++i)
                repeats.push_back(testing::randomPoints(rng.below(8), 2, 12, rng));
            for (const Point& goal : testing::randomPoints(20, 2, 12, rng)) {
                const double share = search::attainedShare(repeats, directions, goal);
                for (std::size_t least = 1; least <= repeats.size(); ++least) {
                    const std::vector<std::vector<Point>> surface{
                        search::attainmentSurface(repeats, directions, least)};
                    const bool attained = search::attainedShare(surface, directions, goal) == 1;
                    QCOMPARE(attained,
                             share * static_cast<double>(repeats.size()) > static_cast<double>(least) - 0.5);
                }
            }
        }
        QCOMPARE(search::attainedShare({}, bothDown, Point{1, 1}), 0.0);
    }

    void an_interval_is_the_central_95_percent_of_a_normal() {
        const Gaussian x = search::gaussianFromInterval(8.04, 11.96);
        QCOMPARE(x.mean, 10.0);
        QVERIFY(std::abs(x.deviation - 1) < 2e-5);
        QVERIFY_EXCEPTION_THROWN(search::gaussianFromInterval(2, 1), Error);
        QVERIFY_EXCEPTION_THROWN(search::gaussianFromInterval(none, 1), Error);
        Metric metric;
        metric.value = 7;
        QCOMPARE(search::gaussianOf(metric).mean, 7.0);
        QCOMPARE(search::gaussianOf(metric).deviation, 0.0);
        metric.low = metric.high = 6;
        QCOMPARE(search::gaussianOf(metric).mean, 6.0);
    }

    void dominance_is_as_probable_as_all_of_its_parts() {
        const UncertainPoint certain{{1, 0}, {1, 0}};
        QCOMPARE(search::dominanceProbability(certain, {{2, 0}, {1, 0}}, bothDown), 1.0);
        QCOMPARE(search::dominanceProbability(certain, certain, bothDown), 0.0);
        QCOMPARE(search::dominanceProbability(certain, {{2, 0}, {0.5, 0}}, bothDown), 0.0);
        // Equally good on average: half a chance in each objective.
        QCOMPARE(search::dominanceProbability({{1, 3}, {5, 1}}, {{1, 4}, {5, 0}}, bothDown), 0.25);
        // A gap of as many deviations of the difference as the normal distribution has at 97.5 %.
        const double chance = search::dominanceProbability(
            {{0, 0.6}, {1, 0}}, {{1.959963984540054, 0.8}, {1, 0}}, std::vector{minimise, maximise});
        QVERIFY(std::abs(chance - 0.975) < 1e-12);
        QCOMPARE(search::dominanceProbability({{none, 0}, {1, 0}}, certain, bothDown), 0.0);
        QCOMPARE(search::dominanceProbability(certain, {{none, 0}, {1, 0}}, bothDown), 1.0);
    }

    void of_two_points_one_is_on_the_front_unless_the_other_dominates_it() {
        const std::vector<UncertainPoint> points{{{1, 0.5}, {2, 1}}, {{1.4, 0.3}, {2.5, 0.2}}};
        const auto estimates = search::frontProbabilities(points, bothDown, 20'000, 3);
        for (std::size_t i = 0; i < 2; ++i) {
            const double exact = 1 - search::dominanceProbability(points[1 - i], points[i], bothDown);
            QVERIFY(std::abs(estimates[i].probability - exact) < 4 * estimates[i].standardError);
            QVERIFY(estimates[i].standardError < 0.004);
        }
        const auto again = search::frontProbabilities(points, bothDown, 20'000, 3);
        QCOMPARE(again[0].probability, estimates[0].probability);
    }

    void certain_points_are_on_the_front_or_not() {
        const std::vector<UncertainPoint> points{
            {{1, 0}, {5, 0}}, {{2, 0}, {6, 0}}, {{3, 0}, {1, 0}}, {{none, 0}, {0, 0}}, {{1, 0}, {5, 0}}};
        const auto estimates = search::frontProbabilities(points, bothDown, 10, 1);
        std::vector<double> probabilities;
        for (const auto& estimate : estimates) {
            probabilities.push_back(estimate.probability);
            QVERIFY(estimate.standardError > 0);
        }
        QCOMPARE(probabilities, (std::vector<double>{1, 0, 1, 0, 1}));
        QVERIFY_EXCEPTION_THROWN(search::frontProbabilities(points, bothDown, 0, 1), Error);
    }
};

QTEST_APPLESS_MAIN(TestFrontStatistics)
#include "test_front_statistics.moc"
