// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/importance.h"

#include "tests/core/search/random_space.h"

#include <QtTest>
#include <cmath>
#include <functional>
#include <limits>

using namespace greenfront;
using namespace greenfront::search;

namespace {

SpaceParameter number(const std::string& name) {
    return {.name = name};
}

SpaceParameter category(const std::string& name, std::vector<Json> values) {
    return {.name = name, .type = ParameterType::Categorical, .values = std::move(values)};
}

using Value = std::function<double(const std::vector<double>&)>;

std::vector<Importance> importances(const ParameterSpace& space, std::size_t trials, const Value& value,
                                    std::uint64_t seed = 1) {
    Rng rng(seed);
    std::vector<Assignment> assignments;
    std::vector<double> values;
    for (std::size_t i = 0; i < trials; ++i) {
        assignments.push_back(space.sample(rng));
        values.push_back(value(assignments.back().values));
    }
    return importancesOf(space, assignments, values, seed);
}

bool near(double value, double expected, double tolerance) {
    return std::abs(value - expected) <= tolerance;
}

#define VERIFY_NEAR(value, expected, tolerance)                                                              \
    QVERIFY2(near(value, expected, tolerance), qPrintable(QString::number(value)))

} // namespace

class TestImportance : public QObject {
    Q_OBJECT

private slots:
    void whatAloneMattersHasAll() {
        const ParameterSpace space({number("a"), number("b"), number("c")});
        const auto found = importances(space, 300, [](const auto& x) { return std::exp(2 * x[1]); });
        QCOMPARE(found.size(), std::size_t(3));
        QVERIFY2(found[1].share > 0.97, qPrintable(QString::number(found[1].share)));
        QVERIFY(found[0].share < 0.02);
        QVERIFY(found[2].share < 0.02);
        for (const Importance& each : found)
            QVERIFY(each.low <= each.share && each.share <= each.high && each.low >= 0 && each.high <= 1);
    }

    /// The variance of k times a uniform number is k^2 / 12.
    void whatAddsUpHasItsPartOfTheVariance() {
        const ParameterSpace space({number("a"), number("b"), number("c")});
        const auto found = importances(space, 800, [](const auto& x) { return 2 * x[0] - x[1]; });
        VERIFY_NEAR(found[0].share, 0.8, 0.04);
        VERIFY_NEAR(found[1].share, 0.2, 0.04);
        QVERIFY(found[2].share < 0.01);
    }

    /// (a - 1/2)(b - 1/2) has a mean of 0 for each a and for each b.
    void whatMattersOnlyTogetherBelongsToNeither() {
        const ParameterSpace space({number("a"), number("b")});
        const auto found = importances(space, 800, [](const auto& x) { return (x[0] - 0.5) * (x[1] - 0.5); });
        QVERIFY2(found[0].share + found[1].share < 0.25,
                 qPrintable(QString::number(found[0].share + found[1].share)));
    }

    /// Values -1, 0 and 1 have a variance of 2/3; k times a uniform number shall have the same.
    void aCategoryCountsByItsValuesInWhateverOrder() {
        const ParameterSpace space({category("kind", {"x", "y", "z"}), number("a")});
        const std::vector<double> worth{1, -1, 0};
        const auto found = importances(space, 600, [&](const auto& x) {
            return worth[static_cast<std::size_t>(x[0])] + std::sqrt(8.0) * x[1];
        });
        VERIFY_NEAR(found[0].share, 0.5, 0.05);
        VERIFY_NEAR(found[1].share, 0.5, 0.05);
    }

    /// The space counts as it is drawn from: along the logarithm this is a straight line.
    void theScaleOfAParameterCounts() {
        SpaceParameter rate{.name = "rate", .distribution = Distribution::Log, .low = 1e-6, .high = 1};
        const ParameterSpace space({rate, number("a")});
        const auto found = importances(space, 600, [](const auto& x) { return std::log10(x[0]) / 6 + x[1]; });
        VERIFY_NEAR(found[0].share, 0.5, 0.05);
        VERIFY_NEAR(found[1].share, 0.5, 0.05);
    }

    /// "depth" is active for half of the space, where it spans -1 to 1: f = s d. Its mean for a depth is d /
    /// 2, so its part of the variance E[f^2] = 1/6 is (1/12) / (1/6); the switch alone tells nothing.
    void whatIsNotActiveDoesNothing() {
        SpaceParameter depth{.name = "depth", .low = -1, .high = 1};
        depth.when.push_back({.parent = "switch", .values = {true}});
        const ParameterSpace space({category("switch", {false, true}), depth});
        const auto found =
            importances(space, 800, [](const auto& x) { return std::isnan(x[1]) ? 0.0 : x[1]; });
        QVERIFY(found[0].share < 0.02);
        VERIFY_NEAR(found[1].share, 0.5, 0.06);
    }

    void fewTrialsLeaveAWideInterval() {
        const ParameterSpace space({number("a"), number("b"), number("c")});
        const Value value = [](const auto& x) { return 2 * x[0] - x[1]; };
        const auto few = importances(space, 12, value);
        const auto many = importances(space, 600, value);
        const auto width = [](const Importance& each) { return each.high - each.low; };
        QVERIFY2(width(few[0]) > 0.4, qPrintable(QString::number(width(few[0]))));
        QVERIFY2(width(many[0]) < 0.15, qPrintable(QString::number(width(many[0]))));
    }

    void aLargeOffsetHidesNothing() {
        const ParameterSpace space({number("a"), number("b")});
        const auto found = importances(space, 300, [](const auto& x) { return 1e9 + x[0]; });
        QVERIFY(found[0].share > 0.95);
    }

    void nothingIsToldOfTooFewOrEqualResults() {
        const ParameterSpace space({number("a")});
        QVERIFY(importances(space, 3, [](const auto& x) { return x[0]; }).empty());
        QVERIFY(importances(space, 50, [](const auto&) { return 0.1; }).empty());
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        QVERIFY(importances(space, 50, [](const auto&) { return nan; }).empty());
    }

    void whatIsNotFiniteIsLeftOut() {
        const ParameterSpace space({number("a"), number("b")});
        const auto found = importances(space, 300, [](const auto& x) {
            return x[1] > 0.9 ? std::numeric_limits<double>::infinity() : x[0];
        });
        QVERIFY(found[0].share > 0.95);
    }

    void anySpaceCanBeJudgedTwiceAlike() {
        Rng rng(3);
        for (int round = 0; round < 20; ++round) {
            const ParameterSpace space = testing::randomSpace(rng);
            const Value value = [](const auto& x) {
                double sum = 0;
                for (const double each : x)
                    sum += std::isnan(each) ? 0 : std::sin(each);
                return sum;
            };
            const auto found = importances(space, 60, value, 5);
            const auto again = importances(space, 60, value, 5);
            QCOMPARE(found.size(), again.size());
            double sum = 0;
            for (std::size_t i = 0; i < found.size(); ++i) {
                QCOMPARE(found[i].share, again[i].share);
                sum += found[i].share;
            }
            QVERIFY2(sum < 1 + 1e-9, qPrintable(QString::number(sum)));
        }
    }
};

QTEST_APPLESS_MAIN(TestImportance)
#include "test_importance.moc"
