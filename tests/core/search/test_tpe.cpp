// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/hypervolume.h"
#include "core/search/kernel_table.h"
#include "core/search/optimiser.h"
#include "core/search/test_problems.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

using namespace greenfront;
using namespace greenfront::search;

namespace {

using Loss = double (*)(const ParameterSpace&, const Assignment&);

/// The least loss found, its median over seeds.
double medianFound(const char* method, const ParameterSpace& space, Loss loss, int budget) {
    std::vector<double> found;
    for (std::uint64_t seed = 1; seed <= 9; ++seed) {
        const auto optimiser = makeOptimiser(method, {space, {Direction::Minimise}, seed});
        double least = INFINITY;
        for (int i = 0; i < budget; ++i) {
            const auto proposal = optimiser->ask();
            const double value = loss(space, proposal->assignment);
            least = std::min(least, value);
            optimiser->tell(proposal->id, {.objectives = {value}});
        }
        found.push_back(least);
    }
    std::ranges::sort(found);
    return found[found.size() / 2];
}

ParameterSpace cube(int dimensions) {
    std::vector<SpaceParameter> parameters;
    for (int i = 0; i < dimensions; ++i)
        parameters.push_back({.name = "x" + std::to_string(i)});
    return ParameterSpace(std::move(parameters));
}

double bowl(const ParameterSpace&, const Assignment& assignment) {
    double sum = 0;
    for (const double value : assignment.values)
        sum += (value - 0.7) * (value - 0.7);
    return sum;
}

ParameterSpace branches() {
    return parameterSpaceFromJson(Json::parse(R"({"parameters": [
        {"name": "branch", "type": "categorical", "values": ["a", "b", "c"]},
        {"name": "rate", "low": 1e-5, "high": 1, "distribution": "log"},
        {"name": "x", "low": 0, "high": 1, "when": {"branch": "b"}},
        {"name": "n", "type": "integer", "low": 1, "high": 64, "when": {"branch": "b"}},
        {"name": "y", "low": 0, "high": 1, "when": {"branch": ["a", "c"]}}]})"));
}

/// Best on branch b at x = 0.2, n = 40, a rate of 0.001.
double branched(const ParameterSpace&, const Assignment& assignment) {
    const auto& v = assignment.values;
    const double rate = std::pow(std::log10(v[1]) + 3, 2) / 4;
    if (std::isnan(v[2]))
        return 1 + rate + v[4];
    return rate + std::pow(v[2] - 0.2, 2) * 4 + std::pow((v[3] - 40) / 64, 2) * 4;
}

} // namespace

class TestTpe : public QObject {
    Q_OBJECT

private slots:
    void aBowlIsFoundSoonerThanByChance() {
        const double found = medianFound("tpe", cube(5), bowl, 150);
        const double chance = medianFound("random", cube(5), bowl, 150);
        qInfo("TPE %.5f, chance %.5f", found, chance);
        QVERIFY(found < 0.4 * chance);
    }

    void conditionalParametersAreLearnt() {
        const double found = medianFound("tpe", branches(), branched, 120);
        const double chance = medianFound("random", branches(), branched, 120);
        qInfo("TPE %.5f, chance %.5f", found, chance);
        QVERIFY(found < 0.5 * chance);
    }

    void theOtherMethodsBeatChanceToo_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"nsga2", "evolution", "cma-es"})
            QTest::addRow("%s", name) << QString(name);
    }
    void theOtherMethodsBeatChanceToo() {
        QFETCH(QString, method);
        const double found = medianFound(method.toUtf8().constData(), cube(5), bowl, 300);
        const double chance = medianFound("random", cube(5), bowl, 300);
        qInfo("%s %.6f, chance %.6f", qPrintable(method), found, chance);
        QVERIFY(found < 0.4 * chance);
    }

    void cmaEsConverges() { QVERIFY(medianFound("cma-es", cube(5), bowl, 1500) < 1e-8); }

    void twoObjectivesAreSoughtTogether() {
        const TestProblem& problem = testProblems().front(); // zdt1
        const std::vector<Direction> directions(2, Direction::Minimise);
        double worst = std::numeric_limits<double>::infinity();
        double luckiest = 0;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            worst = std::min(
                worst, hypervolume(evaluated(problem, "tpe", 300, seed), directions, problem.reference));
            luckiest = std::max(luckiest, hypervolume(evaluated(problem, "random", 300, seed), directions,
                                                      problem.reference));
        }
        qInfo("TPE at least %.3f, chance at most %.3f", worst, luckiest);
        QVERIFY(worst > luckiest);
    }

    /// Eight workers that all ask before any tells would meet in one place if running trials did not count.
    void trialsInFlightKeepOthersAway() {
        const ParameterSpace space = cube(2);
        const auto meanLoss = [&](int inFlight) {
            double sum = 0;
            for (std::uint64_t seed = 1; seed <= 30; ++seed) {
                const auto optimiser = makeOptimiser("tpe", {space, {Direction::Minimise}, seed});
                Rng rng(1);
                for (int i = 0; i < 60; ++i) {
                    const Assignment assignment = space.sample(rng);
                    optimiser->add(assignment, {.objectives = {bowl(space, assignment)}});
                }
                for (int i = 0; i < inFlight; ++i)
                    optimiser->ask();
                sum += bowl(space, optimiser->ask()->assignment);
            }
            return sum / 30;
        };
        const double alone = meanLoss(0);
        const double crowded = meanLoss(40);
        qInfo("mean loss %.4f alone, %.4f with others in flight", alone, crowded);
        QVERIFY(crowded > 1.3 * alone);
    }

    /// Each kernel's density integrates to one over the space.
    void kernelsAreDensities() {
        const ParameterSpace space = parameterSpaceFromJson(Json::parse(R"({"parameters": [
            {"name": "x", "low": 0, "high": 1}, {"name": "c", "type": "categorical", "values": [1, 2, 3]}]})"));
        KernelTable table(space);
        table.append({{0.1, 2}});
        table.append({{0.8, 0}});
        for (std::size_t kernel = 0; kernel < 3; ++kernel) {
            std::vector<float> weights(3, 0.0F);
            weights[kernel] = 1;
            std::vector<Assignment> points;
            for (int i = 0; i < 1000; ++i)
                for (int category = 0; category < 3; ++category)
                    points.push_back({{(i + 0.5) / 1000, static_cast<double>(category)}});
            double total = 0;
            for (const double logDensity : table.logDensities(points, weights))
                total += std::exp(logDensity) / 1000;
            QVERIFY2(std::abs(total - 1) < 1e-4, qPrintable(QString::number(total)));
        }
    }

    /// The loops in single precision against the definition in double precision.
    void densitiesAreExact() {
        const ParameterSpace space = cube(3);
        KernelTable table(space);
        Rng rng(3);
        std::vector<float> weights{1};
        for (int i = 0; i < 700; ++i) {
            table.append(space.sample(rng));
            weights.push_back(static_cast<float>(rng.uniform(0.1, 1)));
        }
        const std::vector<Assignment> point{space.sample(rng)};
        double sum = 0;
        for (std::size_t kernel = 0; kernel < table.size(); ++kernel) {
            std::vector<float> one(table.size(), 0.0F);
            one[kernel] = 1;
            sum += weights[kernel] * std::exp(table.logDensities(point, one)[0]);
        }
        QVERIFY(std::abs(table.logDensities(point, weights)[0] - std::log(sum)) < 1e-4);
    }
};

QTEST_APPLESS_MAIN(TestTpe)
#include "test_tpe.moc"
