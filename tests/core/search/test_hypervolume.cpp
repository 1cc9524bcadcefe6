// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/hypervolume.h"
#include "tests/core/search/random_points.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace greenfront;
using search::Point;

namespace {

constexpr auto minimise = Direction::Minimise;
constexpr auto maximise = Direction::Maximise;
constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();
const std::vector<Direction> bothDown{minimise, minimise};

bool improves(const Point& point, const Point& reference, const std::vector<Direction>& directions) {
    for (std::size_t i = 0; i < point.size(); ++i)
        if (!(directions[i] == minimise ? point[i] < reference[i] : point[i] > reference[i]))
            return false;
    return true;
}

/// The covered cells of the grid that all coordinates together draw, one objective after the other.
double naiveHypervolume(std::vector<Point> points, const std::vector<Direction>& directions,
                        const Point& reference, std::size_t objective = 0) {
    std::erase_if(points, [&](const Point& point) { return !improves(point, reference, directions); });
    if (objective == directions.size())
        return points.empty() ? 0 : 1;
    std::vector<double> cuts{reference[objective]};
    for (const Point& point : points)
        cuts.push_back(point[objective]);
    std::ranges::sort(cuts);
    double volume = 0;
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const double middle = (cuts[i] + cuts[i + 1]) / 2;
        auto reaching = points;
        std::erase_if(reaching, [&](const Point& point) {
            return directions[objective] == minimise ? point[objective] > middle : point[objective] < middle;
        });
        if (cuts[i] < cuts[i + 1])
            volume +=
                (cuts[i + 1] - cuts[i]) * naiveHypervolume(reaching, directions, reference, objective + 1);
    }
    return volume;
}

/// The front of one of the ZDT problems (Zitzler, Deb and Thiele 2000) over the first objective.
std::vector<Point> zdt(double last, double (*second)(double)) {
    constexpr int count = 100'000;
    std::vector<Point> points;
    for (int i = 0; i <= count; ++i) {
        const double first = last * i / count;
        points.push_back({first, second(first)});
    }
    return points;
}

/// A lower bound of what the whole front has, near to it.
void isJustBelow(double seen, double expected, double distance) {
    QVERIFY2(seen < expected && seen > expected - distance, qPrintable(QString::number(seen, 'g', 12)));
}

} // namespace

class TestHypervolume : public QObject {
    Q_OBJECT

private slots:
    void is_the_dominated_area() {
        const std::vector<Point> points{{2.3, 4.5}, {3.4, 3.4}, {6, 1.2}};
        QCOMPARE(search::hypervolume(points, bothDown, {7, 7}), 17.91);
        const std::vector<Point> mirrored{{2.3, -4.5}, {3.4, -3.4}, {6, -1.2}};
        QCOMPARE(search::hypervolume(mirrored, std::vector{minimise, maximise}, {7, -7}), 17.91);
    }

    void one_objective_leaves_the_best() {
        const std::vector<Point> points{{3}, {5}, {4}};
        QCOMPARE(search::hypervolume(points, std::vector{maximise}, {1}), 4.0);
        QCOMPARE(search::hypervolumeContributions(points, std::vector{maximise}, {1}),
                 (std::vector<double>{0, 1, 0}));
    }

    void what_does_not_improve_on_the_reference_adds_nothing() {
        const std::vector<Point> points{{2, 2}, {3, 3}, {2, 2}, {7, 0}, {0, 8}, {none, 1}};
        QCOMPARE(search::hypervolume(points, bothDown, {7, 7}), 25.0);
        QCOMPARE(search::hypervolume({}, bothDown, {7, 7}), 0.0);
    }

    void what_is_infinitely_good_makes_it_infinite() {
        const std::vector<Point> points{{-infinite, 5}, {1, 1}, {2, 4}};
        QCOMPARE(search::hypervolume(points, bothDown, {7, 7}), infinite);
        QCOMPARE(search::hypervolumeContributions(points, bothDown, {7, 7}),
                 (std::vector<double>{infinite, 19, 0}));
        const std::vector<Point> beyond{{-infinite, 7}, {infinite, 1}, {6, 6}};
        QCOMPARE(search::hypervolume(beyond, bothDown, {7, 7}), 1.0);
    }

    void the_reference_is_finite() {
        QVERIFY_EXCEPTION_THROWN(search::hypervolume({}, bothDown, {7, infinite}), Error);
        QVERIFY_EXCEPTION_THROWN(search::hypervolume({}, bothDown, {none, 7}), Error);
    }

    void agrees_with_counting_cells_data() {
        QTest::addColumn<int>("objectives");
        QTest::addColumn<int>("levels");
        for (const int objectives : {1, 2, 3, 4, 5})
            for (const int levels : {4, 60})
                QTest::addRow("%d objectives of %d levels", objectives, levels) << objectives << levels;
    }
    void agrees_with_counting_cells() {
        QFETCH(int, objectives);
        QFETCH(int, levels);
        Rng rng(11);
        const auto size = static_cast<std::size_t>(objectives);
        for (int round = 0; round < 20; ++round) {
            const auto points = testing::randomPoints(1 + rng.below(objectives > 3 ? 7 : 12), size,
                                                      static_cast<std::size_t>(levels), rng);
            const auto directions = testing::randomDirections(size, rng);
            Point reference(size);
            for (std::size_t i = 0; i < size; ++i)
                reference[i] = (directions[i] == minimise ? -10 : -10 + levels / 4.0) +
                               (directions[i] == minimise ? 1 : -1) * levels * 0.2;
            const double volume = search::hypervolume(points, directions, reference);
            const double expected = naiveHypervolume(points, directions, reference);
            QVERIFY(std::abs(volume - expected) <= 1e-12 * expected);
            const auto contributions = search::hypervolumeContributions(points, directions, reference);
            for (std::size_t i = 0; i < points.size(); ++i) {
                auto others = points;
                others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
                const double without = naiveHypervolume(others, directions, reference);
                QVERIFY(std::abs(contributions[i] - (expected - without)) <= 1e-9 * expected);
                const double improvement =
                    search::hypervolumeImprovement(points[i], others, directions, reference);
                QVERIFY(std::abs(improvement - contributions[i]) <= 1e-9 * expected);
            }
        }
    }

    void zdt_fronts_have_their_analytical_values() {
        const Point reference{11, 11};
        const auto zdt1 = zdt(1, [](double x) { return 1 - std::sqrt(x); });
        isJustBelow(search::hypervolume(zdt1, bothDown, reference), 120 + 2.0 / 3, 1e-4);
        const auto zdt2 = zdt(1, [](double x) { return 1 - x * x; });
        isJustBelow(search::hypervolume(zdt2, bothDown, reference), 120 + 1.0 / 3, 1e-4);
        const auto zdt3 = zdt(0.8518328654, [](double x) {
            return 1 - std::sqrt(x) - x * std::sin(10 * std::numbers::pi * x);
        });
        isJustBelow(search::hypervolume(zdt3, bothDown, reference), 128.7781161307, 1e-3);
    }

    void dtlz2_has_its_analytical_value() {
        constexpr int count = 300; // an angle
        std::vector<Point> points;
        for (int i = 0; i <= count; ++i)
            for (int j = 0; j <= count; ++j) {
                const double a = std::numbers::pi / 2 * i / count;
                const double b = std::numbers::pi / 2 * j / count;
                points.push_back({std::cos(a) * std::cos(b), std::cos(a) * std::sin(b), std::sin(a)});
            }
        const std::vector<Direction> down(3, minimise);
        isJustBelow(search::hypervolume(points, down, Point(3, 1.1)), 0.807401, 0.008);
    }

    /// Points that each are best in one of ten objectives share a cube of which the rest is known.
    void ten_points_in_ten_objectives_are_exact() {
        std::vector<Point> points(10, Point(10, 1.0));
        for (std::size_t i = 0; i < 10; ++i)
            points[i][i] = 0;
        const std::vector<Direction> down(10, minimise);
        QCOMPARE(search::hypervolume(points, down, Point(10, 2.0)), 11.0);
        for (const double contribution : search::hypervolumeContributions(points, down, Point(10, 2.0)))
            QCOMPARE(contribution, 1.0);
    }
};

QTEST_APPLESS_MAIN(TestHypervolume)
#include "test_hypervolume.moc"
