// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/statistics.h"
#include "core/search/factorised_search.h"
#include "core/search/nearest_tasks.h"
#include "core/search/portfolio.h"
#include "core/search/rank_weights.h"
#include "core/search/shrunk_range.h"
#include "tests/core/search/related_tasks.h"

#include <QtTest>
#include <cmath>
#include <numeric>

using namespace greenfront;
using namespace greenfront::search;

namespace {

PerformanceMatrix matrixOf(std::vector<std::vector<Point>> values) {
    PerformanceMatrix matrix{{}, std::move(values), {}};
    for (std::size_t i = 0; i < matrix.values.front().size(); ++i)
        matrix.configurations.push_back({{static_cast<double>(i)}});
    return matrix;
}

CarriedTask bestAt(double x, double category) {
    return {"task", {true, true}, {{{0.99, 0}}, {{x, category}}, {{0.01, 0}}}, {{1}, {0}, {0.5}}, {}};
}

ParameterSpace numberAndCategory() {
    return parameterSpaceFromJson(Json::parse(R"({"parameters": [{"name": "x", "low": 0, "high": 1},
        {"name": "c", "type": "categorical", "values": [1, 2, 3, 4]}]})"));
}

/// Results of low rank: each configuration and each data set is a few numbers, a result their product.
std::vector<std::vector<double>> lowRank(std::size_t columns, std::size_t rows, std::size_t rank, Rng& rng) {
    std::vector<double> places(rows * rank);
    std::ranges::generate(places, [&] { return rng.normal(); });
    std::vector<double> common(rows);
    std::ranges::generate(common, [&] { return rng.normal(); });
    std::vector<std::vector<double>> result(columns);
    for (auto& column : result) {
        std::vector<double> taste(rank);
        std::ranges::generate(taste, [&] { return rng.normal(); });
        for (std::size_t row = 0; row < rows; ++row)
            column.push_back(100 + 5 * (common[row] + std::inner_product(taste.begin(), taste.end(),
                                                                         &places[row * rank], 0.0)));
    }
    return result;
}

} // namespace

class TestHistoryParts : public QObject {
    Q_OBJECT

private slots:
    /// The second is best on average, but the first pick leaves the third task to the fourth.
    void aPortfolioCompletesItself() {
        const auto matrix = matrixOf(
            {{{0.0}, {0.2}, {0.9}, {1.0}}, {{0.9}, {0.2}, {0.0}, {1.0}}, {{0.9}, {0.9}, {0.9}, {0.1}}});
        QVERIFY((greedyPortfolio(matrix, 1) == std::vector<std::size_t>{1}));
        QVERIFY((greedyPortfolio(matrix, 4) == std::vector<std::size_t>{1, 3, 0, 2}));
        const auto alike = matrixOf({{{0.5}, {0.2}, {0.3}}});
        QVERIFY((greedyPortfolio(alike, 3) == std::vector<std::size_t>{1}));
        QVERIFY(greedyPortfolio(alike, 0).empty());
    }

    /// By what dominates the larger area: (0.5, 0.5) first, then the end that adds more.
    void aPortfolioForSeveralObjectivesCoversTheFront() {
        const auto matrix = matrixOf({{{0.0, 1.0}, {0.5, 0.5}, {1.0, 0.1}, {0.6, 0.6}}});
        QVERIFY((greedyPortfolio(matrix, 4) == std::vector<std::size_t>{1, 0, 2}));
    }

    void aRangeHoldsTheOptimaAndEscapes() {
        const ParameterSpace space = numberAndCategory();
        const std::vector<CarriedTask> tasks{bestAt(0.3, 1), bestAt(0.6, 3)};
        const ShrunkRange range = shrunkRange(space, tasks);
        QCOMPARE(range.low[0], 0.3);
        QCOMPARE(range.high[0], 0.6);
        QVERIFY((range.values[1] == std::vector<double>{1, 3}));
        QVERIFY(std::abs(range.share(space) - 0.3 * 0.5) < 1e-12);
        Rng rng(1);
        int outside = 0;
        for (int i = 0; i < 4000; ++i) {
            const auto inside = range.sample(space, 0, rng).values;
            QVERIFY(inside[0] >= 0.3 && inside[0] <= 0.6 && (inside[1] == 1 || inside[1] == 3));
            const auto any = range.sample(space, 0.2, rng).values;
            outside += any[0] < 0.3 || any[0] > 0.6 || any[1] == 0 || any[1] == 2 ? 1 : 0;
        }
        QVERIFY(std::abs(outside / 4000.0 - 0.2 * 0.85) < 0.02);
    }

    void aRangeOfOneOptimumIsATenthWide() {
        const ShrunkRange range = shrunkRange(numberAndCategory(), std::vector{bestAt(0.02, 1)});
        QCOMPARE(range.low[0], 0.0);
        QCOMPARE(range.high[0], 0.1);
    }

    void concordanceIsKendalls() {
        const std::vector<double> one{1, 2, 3, 4};
        QCOMPARE(concordance(one, std::vector<double>{10, 20, 30, 40}), 1.0);
        QCOMPARE(concordance(one, std::vector<double>{4, 3, 2, 1}), -1.0);
        QCOMPARE(concordance(one, std::vector<double>{1, 3, 2, 4}), 4.0 / 6);
        QCOMPARE(concordance(one, std::vector<double>{5, 5, 5, 5}), 0.0);
    }

    /// One past surrogate knows the order, nine are noise, the own one is fair.
    void weightsOfUnrelatedTasksVanish() {
        Rng rng(5);
        double related = 0;
        double unrelated = 0;
        for (int round = 0; round < 30; ++round) {
            std::vector<double> observed(20);
            std::ranges::generate(observed, [&] { return rng.normal(); });
            std::vector<double> leftOut = observed;
            for (double& value : leftOut)
                value += 0.5 * rng.normal();
            std::vector<std::vector<double>> past(10, std::vector<double>(20));
            for (auto& predictions : past)
                std::ranges::generate(predictions, [&] { return rng.normal(); });
            for (std::size_t i = 0; i < 20; ++i)
                past[3][i] = 1000 + 7 * observed[i] + rng.normal();
            const RankWeights weights = rankWeights(past, leftOut, observed, rng);
            const double sum = std::accumulate(weights.past.begin(), weights.past.end(), 0.0);
            QVERIFY(std::abs(sum + weights.own - 1) < 1e-9);
            related += weights.past[3] / 30;
            unrelated += (sum - weights.past[3]) / 30;
        }
        qInfo("weight of the related task %.3f, of nine others together %.4f", related, unrelated);
        QVERIFY(related > 0.8);
        QVERIFY(unrelated < 0.01);
    }

    void fewObservationsWeighNothing() {
        Rng rng(1);
        const std::vector<double> two{1, 2};
        QCOMPARE(rankWeights(std::vector<std::vector<double>>{two}, two, two, rng).own, 1.0);
    }

    /// A fifth of 60 results of a new data set tells the others, as far as the rank is found.
    void factorsFillInWhatIsMissing() {
        double found = 0;
        double baseline = 0;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            Rng rng(seed);
            auto columns = lowRank(25, 60, 3, rng);
            const std::vector<double> fresh = columns.back();
            columns.pop_back();
            for (auto& column : columns)
                for (double& value : column)
                    value = rng.chance(0.1) ? std::nan("") : value + 0.3 * rng.normal();
            std::vector<double> means(60);
            for (std::size_t row = 0; row < 60; ++row)
                for (const auto& column : columns)
                    means[row] += (std::isnan(column[row]) ? 100 : column[row]) / 24;
            const LatentFactors factors(std::move(columns));
            QCOMPARE(factors.factors(), std::size_t(20));
            std::vector<std::size_t> known;
            std::vector<double> values;
            for (std::size_t row = 0; row < 60; row += 5) {
                known.push_back(row);
                values.push_back(fresh[row]);
            }
            const auto predictions = factors.predict(known, values);
            for (std::size_t row = 0; row < 60; ++row)
                if (row % 5 != 0) {
                    found += std::pow(predictions[row].mean - fresh[row], 2) / (48 * 3);
                    baseline += std::pow(means[row] - fresh[row], 2) / (48 * 3);
                }
        }
        qInfo("error %.2f, of the mean over data sets %.2f", std::sqrt(found), std::sqrt(baseline));
        QVERIFY(found < 0.25 * baseline);
    }

    void factorsAreFewerWhereDataAreFew() {
        Rng rng(1);
        QCOMPARE(LatentFactors(lowRank(4, 30, 2, rng)).factors(), std::size_t(3));
        QVERIFY_THROWS_EXCEPTION(Error, LatentFactors({{1, 2, 3}}));
        QVERIFY_THROWS_EXCEPTION(Error, LatentFactors({{1, 2, 3}, {1, 2}}));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 LatentFactors({{1, 2}, {1, std::numeric_limits<double>::infinity()}}));
    }

    /// The best of 60 configurations within 12 trials of which 5 are given.
    void aFactorisedSearchFindsTheBest() {
        Rng rng(9);
        int hits = 0;
        for (int round = 0; round < 4; ++round) {
            auto columns = lowRank(16, 60, 3, rng);
            const std::vector<double> fresh = columns.back();
            columns.pop_back();
            std::vector<std::vector<Point>> values(columns.size());
            for (std::size_t task = 0; task < columns.size(); ++task)
                for (const double value : columns[task])
                    values[task].push_back({value});
            const auto matrix = matrixOf(std::move(values));
            const FactorisedSearch search(matrix);
            Observations observed;
            std::vector<bool> tried(60, false);
            const auto evaluate = [&](std::size_t row) {
                tried[row] = true;
                observed.assignments.push_back(matrix.configurations[row]);
                observed.minimised.push_back({fresh[row]});
            };
            const auto isNew = [&](const Assignment& assignment) {
                return !tried[static_cast<std::size_t>(assignment.values[0])];
            };
            for (std::size_t row = 0; row < 5; ++row)
                evaluate(row * 7);
            while (observed.assignments.size() < 12)
                if (const auto next = search.suggested(observed, isNew, rng))
                    evaluate(static_cast<std::size_t>(next->values[0]));
                else
                    break;
            std::vector<double> sorted = fresh;
            std::ranges::sort(sorted);
            hits += std::ranges::min(observed.objective(0)) <= sorted[1] ? 1 : 0;
        }
        QVERIFY2(hits >= 3,
                 qPrintable(QString::number(hits))); // 12 of 60 at random: one of the best 2 in 36 %
    }

    void nearTasksHaveLikeDataSets() {
        std::vector<CarriedTask> tasks(4, bestAt(0.5, 1));
        tasks[0].metaFeatures = {{"samples", 60'000}, {"classes", 100}};
        tasks[1].metaFeatures = {{"samples", 50'000}, {"classes", 10}};
        tasks[2].metaFeatures = {{"length", 3}};
        tasks[3].metaFeatures = {{"samples", 200}, {"classes", 10}, {"length", 9}};
        const MetaFeatures features{{"samples", 55'000}, {"classes", 11}};
        QVERIFY((nearestTasks(tasks, features) == std::vector<std::size_t>{1, 3, 0, 2}));
        QVERIFY(areComparable(tasks, features));
        QVERIFY(!areComparable(tasks, {{"width", 3}}));
        QVERIFY((nearestTasks(tasks, {}) == std::vector<std::size_t>{0, 1, 2, 3}));
    }
};

QTEST_APPLESS_MAIN(TestHistoryParts)
#include "test_history_parts.moc"
