// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/expected_hypervolume.h"
#include "core/search/hypervolume.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace greenfront;
using search::ExpectedHypervolume;
using search::Gaussian;
using search::Point;

namespace {

constexpr auto minimise = Direction::Minimise;
constexpr auto maximise = Direction::Maximise;

struct Made {
    std::vector<Point> points;
    std::vector<Direction> directions;
    Point reference;
    std::vector<Gaussian> prediction;
};

Made made(std::size_t objectives, std::size_t count, Rng& rng) {
    Made result{testing::randomPoints(count, objectives, 40, rng),
                testing::randomDirections(objectives, rng),
                Point(objectives),
                {}};
    for (std::size_t i = 0; i < objectives; ++i) {
        result.reference[i] = result.directions[i] == minimise ? -2 : -8;
        // Among the better half, so that a sample often improves.
        const double mean = result.directions[i] == minimise ? rng.uniform(-10, -6) : rng.uniform(-4, 0);
        result.prediction.push_back({mean, rng.uniform(1, 3)});
    }
    return result;
}

} // namespace

class TestExpectedHypervolume : public QObject {
    Q_OBJECT

private slots:
    void the_expected_gap_of_a_standard_normal() {
        QCOMPARE(search::expectedGapBelow(0, {0, 1}), 0.3989422804014327);
        QCOMPARE(search::expectedGapBelow(1, {0, 1}), 1.0833154705876864);
        QCOMPARE(search::expectedGapBelow(-1, {0, 1}), 0.08331547058768632);
        QCOMPARE(search::expectedGapBelow(12, {10, 0}), 2.0);
        QCOMPARE(search::expectedGapBelow(8, {10, 0}), 0.0);
        QCOMPARE(search::expectedGapBelow(-std::numeric_limits<double>::infinity(), {0, 1}), 0.0);
    }

    /// Without points the reference's box is the product of what each objective is expected to gain.
    void without_points_it_is_a_product() {
        for (const std::size_t objectives : {1, 2, 3, 4}) {
            const std::vector<Direction> down(objectives, minimise);
            const ExpectedHypervolume expected({}, down, Point(objectives, 1.0));
            const std::vector<Gaussian> prediction(objectives, {0, 1});
            QCOMPARE(expected.improvement(prediction),
                     std::pow(1.0833154705876864, static_cast<double>(objectives)));
        }
    }

    void a_certain_prediction_gains_what_its_point_gains() {
        Rng rng(21);
        for (int round = 0; round < 200; ++round) {
            const std::size_t objectives = 1 + rng.below(5);
            auto [points, directions, reference, prediction] = made(objectives, rng.below(15), rng);
            Point added;
            for (Gaussian& x : prediction) {
                x.deviation = 0;
                added.push_back(x.mean);
            }
            const double expected = search::hypervolumeImprovement(added, points, directions, reference);
            const double seen = ExpectedHypervolume(points, directions, reference).improvement(prediction);
            QVERIFY2(std::abs(seen - expected) <= 1e-9 * (1 + expected),
                     qPrintable(QString("%1 %2 %3").arg(objectives).arg(seen).arg(expected)));
        }
    }

    void agrees_with_sampling_data() {
        QTest::addColumn<int>("objectives");
        for (const int objectives : {1, 2, 3, 4, 5})
            QTest::addRow("%d objectives", objectives) << objectives;
    }
    void agrees_with_sampling() {
        QFETCH(int, objectives);
        Rng rng(22);
        constexpr int samples = 4000;
        for (int round = 0; round < 4; ++round) {
            const auto [points, directions, reference, prediction] =
                made(static_cast<std::size_t>(objectives), 12, rng);
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < samples; ++i) {
                Point drawn;
                for (const Gaussian& x : prediction)
                    drawn.push_back(x.mean + x.deviation * rng.normal());
                const double gain = search::hypervolumeImprovement(drawn, points, directions, reference);
                sum += gain;
                squares += gain * gain;
            }
            const double mean = sum / samples;
            const double error = std::sqrt((squares / samples - mean * mean) / samples);
            const double seen = ExpectedHypervolume(points, directions, reference).improvement(prediction);
            QVERIFY2(std::abs(seen - mean) <= 5 * error + 1e-12,
                     qPrintable(QString("%1, sampled %2 +- %3").arg(seen).arg(mean).arg(error)));
            QVERIFY(seen > 0);
        }
    }

    /// A further objective in which nothing is ever better leaves boxes and volumes to say the same.
    void boxes_and_volumes_agree() {
        Rng rng(23);
        for (int round = 0; round < 50; ++round) {
            auto [points, directions, reference, prediction] = made(3, 30, rng);
            const double boxes = ExpectedHypervolume(points, directions, reference).improvement(prediction);
            for (Point& point : points)
                point.push_back(0);
            directions.push_back(minimise);
            reference.push_back(1);
            prediction.push_back({0, 0});
            const double volumes = ExpectedHypervolume(points, directions, reference).improvement(prediction);
            QVERIFY(std::abs(boxes - volumes) <= 1e-9 * (1 + boxes));
        }
    }

    void a_hopeless_prediction_is_still_told_apart_from_another() {
        const std::vector<Point> points{{0, 0, 0}};
        const ExpectedHypervolume expected(points, std::vector<Direction>(3, minimise), {1, 1, 1});
        const double nearer = expected.improvement(std::vector<Gaussian>(3, {0.9, 0.05}));
        const double farther = expected.improvement(std::vector<Gaussian>(3, {0.95, 0.05}));
        QVERIFY(nearer > farther && farther > 0 && nearer < 1e-60);
    }

    void what_is_no_prediction_is_refused() {
        const std::vector<Direction> up{maximise};
        QVERIFY_EXCEPTION_THROWN(ExpectedHypervolume({}, up, {std::nan("")}), Error);
        const ExpectedHypervolume expected({}, up, {0});
        for (const Gaussian bad : {Gaussian{std::nan(""), 1}, Gaussian{0, -1}, Gaussian{0, std::nan("")}})
            QVERIFY_EXCEPTION_THROWN(expected.improvement(std::vector<Gaussian>{bad}), Error);
    }
};

QTEST_APPLESS_MAIN(TestExpectedHypervolume)
#include "test_expected_hypervolume.moc"
