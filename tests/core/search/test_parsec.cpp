// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/parsec.h"

#include "core/base/error.h"

#include <QtTest>
#include <cmath>
#include <limits>
#include <numeric>

using namespace greenfront;
using namespace greenfront::search;

namespace {

constexpr std::size_t layers = 8;
const Choices best{2, 0, 1, 3, 3, 0, 2, 1};

/// Four operators to choose from in each of eight layers.
ParameterSpace chain() {
    std::vector<SpaceParameter> parameters;
    for (std::size_t i = 0; i < layers; ++i)
        parameters.push_back({.name = "layer" + std::to_string(i),
                              .type = ParameterType::Categorical,
                              .values = {"none", "skip", "conv3", "conv5"}});
    return ParameterSpace(std::move(parameters));
}

/// Each layer adds its own part, whatever the others are; later ones less.
double scoreOf(const Assignment& assignment) {
    double score = 0;
    for (std::size_t i = 0; i < layers; ++i)
        score += assignment.values[i] == best[i] ? 1.0 / static_cast<double>(1 + i) : 0.0;
    return score;
}

SearchSetup setupOf(std::uint64_t seed, bool repeats = false) {
    return {.space = chain(), .directions = {Direction::Maximise}, .seed = seed, .repeats = repeats};
}

void tellNext(Optimiser& optimiser) {
    const auto proposal = optimiser.ask();
    optimiser.tell(proposal->id, {.objectives = {scoreOf(proposal->assignment)}});
}

Choices choicesOf(const Assignment& assignment) {
    Choices choices;
    for (const double value : assignment.values)
        choices.push_back(static_cast<int>(value));
    return choices;
}

} // namespace

class TestParsec : public QObject {
    Q_OBJECT

private slots:
    void weightsAreASoftmaxOfScores() {
        const auto weights = importanceWeights(std::vector{std::log(1.0), std::log(3.0), -HUGE_VAL}, 1);
        QCOMPARE(weights[0], 0.25);
        QCOMPARE(weights[1], 0.75);
        QCOMPARE(weights[2], 0.0);
        const auto hot = importanceWeights(std::vector{std::log(1.0), std::log(9.0)}, 2);
        QCOMPARE(hot[1], 0.75);
        const auto counted = importanceWeights(std::vector{5.0, 5.0}, 1, std::vector{0.2, 0.6});
        QCOMPARE(counted[1], 0.75);
        QCOMPARE(importanceWeights(std::vector{-HUGE_VAL}, 1), std::vector{0.0});
    }

    void theDistributionMovesToTheWeightedCounts() {
        Categoricals distribution = Categoricals::even(std::vector<std::size_t>{2, 4});
        QCOMPARE(distribution.entropy(), std::log(8.0));
        QCOMPARE(distribution.uncertainty(), 1.0);
        QCOMPARE(distribution.logProbability({1, idleChoice}), std::log(0.5));
        distribution.move(std::vector<WeightedChoices>{{{0, 3}, 0.75}, {{1, idleChoice}, 0.25}}, 0.5);
        QCOMPARE(distribution[0][0], 0.625);               // half way from 1/2 to 3/4
        QCOMPARE(distribution[1][3], 0.25 + 0.5 * 0.5625); // idle in a quarter of what was drawn
        QCOMPARE(distribution[1][0], 0.25 * (1 - 0.5 * 0.75));
        QCOMPARE(distribution.mode(), (Choices{0, 3}));
        QVERIFY(distribution.uncertainty() < 1);
    }

    void drawsFollowTheDistribution() {
        const Categoricals distribution({{1, 3}, {1, 0}});
        Rng rng(1);
        int seldom = 0;
        for (int i = 0; i < 4000; ++i) {
            const Choices choices = distribution.draw(rng);
            seldom += choices[0] == 0;
            QCOMPARE(choices[1], 0);
        }
        QVERIFY2(std::abs(seldom - 1000) < 110, qPrintable(QString::number(seldom))); // four deviations
    }

    void itConvergesToTheBestCell_data() {
        QTest::addColumn<bool>("repeats");
        QTest::addRow("asks once") << false;
        QTest::addRow("asks again") << true;
    }
    /// 65,536 architectures.
    void itConvergesToTheBestCell() {
        QFETCH(bool, repeats);
        int found = 0;
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            ParsecOptimiser optimiser(setupOf(seed, repeats), {.most = 32, .least = 8, .rate = 0.2});
            for (int i = 0; i < 1500; ++i)
                tellNext(optimiser);
            found += choicesOf(optimiser.mode()) == best;
        }
        QVERIFY2(found >= 8, qPrintable(QString::number(found)));
    }

    void fewerAreDrawnAsItGetsCertain() {
        ParsecOptimiser optimiser(setupOf(3), {.most = 32, .least = 4});
        QCOMPARE(optimiser.generationSize(), std::size_t(32));
        QVERIFY(std::abs(optimiser.distribution().entropy() - layers * std::log(4.0)) < 1e-9);
        for (int i = 0; i < 31; ++i)
            tellNext(optimiser);
        QVERIFY(std::abs(optimiser.distribution().uncertainty() - 1) < 1e-9); // not before the last is told
        tellNext(optimiser);
        QVERIFY(optimiser.distribution().uncertainty() < 1);
        for (int i = 0; i < 1000; ++i)
            tellNext(optimiser);
        QVERIFY(optimiser.distribution().uncertainty() < 0.1);
        QCOMPARE(optimiser.generationSize(), std::size_t(4));
    }

    void theSameSeedAsksForTheSame() {
        ParsecOptimiser one(setupOf(7), {});
        ParsecOptimiser same(setupOf(7), {});
        for (int i = 0; i < 200; ++i) {
            tellNext(one);
            tellNext(same);
            QVERIFY(one.trials().back().assignment == same.trials().back().assignment);
        }
    }

    /// Several in flight, told the last first; taken up again in the middle of a generation.
    void aResumedSearchGoesOnAsIfItHadNotBeenStopped() {
        ParsecOptimiser whole(setupOf(5), {});
        const auto round = [](Optimiser& optimiser) {
            std::vector<Proposal> asked;
            for (int i = 0; i < 5; ++i)
                asked.push_back(*optimiser.ask());
            while (asked.size() > 2) {
                optimiser.tell(asked.back().id, {.objectives = {scoreOf(asked.back().assignment)}});
                asked.pop_back();
            }
        };
        for (int i = 0; i < 30; ++i)
            round(whole);
        ParsecOptimiser resumed(setupOf(5), {});
        for (const Trial& trial : whole.trials()) {
            resumed.restore(trial.id, trial.assignment);
            resumed.tell(trial.id, trial.outcome);
        }
        for (const auto& [id, assignment] : whole.inFlight())
            resumed.restore(id, assignment);
        QCOMPARE(resumed.distribution().entropy(), whole.distribution().entropy());
        for (int i = 0; i < 30; ++i) {
            round(whole);
            round(resumed);
        }
        for (std::size_t i = 0; i < whole.trials().size(); ++i)
            QVERIFY(resumed.trials()[i].assignment == whole.trials()[i].assignment);
    }

    /// What is wrong has the best score there is, and counts nothing.
    void infeasibleAndFailedTrialsHaveNoWeight() {
        ParsecOptimiser optimiser(setupOf(2), {.most = 20});
        int feasible = 0;
        for (int i = 0; i < 20; ++i) {
            const auto proposal = optimiser.ask();
            const double first = proposal->assignment.values[0];
            if (first == 1)
                optimiser.tell(proposal->id, {.objectives = {99}, .violation = 1});
            else if (first == 3)
                optimiser.tell(proposal->id, Outcome::failure());
            else
                optimiser.tell(proposal->id, {.objectives = {1}});
            feasible += first == 0 || first == 2;
        }
        QVERIFY(feasible > 0 && feasible < 20);
        const auto shares = optimiser.distribution()[0];
        QVERIFY(shares[1] < 0.25 && shares[3] < 0.25);
        QVERIFY(std::abs(shares[0] + shares[2] - (0.5 + 0.25 * 0.5)) < 1e-9); // a quarter of the way to all
    }

    void aGenerationOfFailuresMovesNothing() {
        ParsecOptimiser optimiser(setupOf(2), {.most = 10});
        for (int i = 0; i < 35; ++i)
            optimiser.tell(optimiser.ask()->id, Outcome::failure());
        QVERIFY(std::abs(optimiser.distribution().uncertainty() - 1) < 1e-12);
    }

    /// Two objectives that want the opposite of the first choice and the same of the others.
    void ofSeveralObjectivesTheRankCounts() {
        SearchSetup setup = setupOf(4);
        setup.directions = {Direction::Maximise, Direction::Minimise};
        ParsecOptimiser optimiser(setup, {});
        for (int i = 0; i < 800; ++i) {
            const auto proposal = optimiser.ask();
            const double first = proposal->assignment.values[0];
            const double score = scoreOf(proposal->assignment) - (first == best[0] ? 1 : 0);
            optimiser.tell(proposal->id, {.objectives = {score + first, first - score}});
        }
        const Choices mode = choicesOf(optimiser.mode());
        QCOMPARE(Choices(mode.begin() + 1, mode.begin() + 4), Choices(best.begin() + 1, best.begin() + 4));
    }

    void choicesThatOthersMakeIdleAreNotLearntFrom() {
        const ParameterSpace space({{.name = "depth", .type = ParameterType::Integer, .low = 1, .high = 2},
                                    {.name = "second",
                                     .type = ParameterType::Ordinal,
                                     .values = {3, 5},
                                     .when = {{.parent = "depth", .values = {2}}}}});
        ParsecOptimiser optimiser({space, {Direction::Minimise}, 1, true}, {});
        for (int i = 0; i < 300; ++i) {
            const auto proposal = optimiser.ask();
            const bool deep = proposal->assignment.values[0] == 2;
            QCOMPARE(std::isnan(proposal->assignment.values[1]), !deep);
            optimiser.tell(proposal->id, {.objectives = {deep ? proposal->assignment.values[1] : 0.5}});
        }
        QCOMPARE(optimiser.mode().values[0], 2.0);
        QCOMPARE(optimiser.mode().values[1], 0.0); // the first of the values
    }

    void aContinuousParameterIsRefused() {
        const auto make = [](SpaceParameter parameter) {
            return makeOptimiser("parsec",
                                 {ParameterSpace({std::move(parameter)}), {Direction::Minimise}, 1});
        };
        try {
            make({.name = "rate"});
            QFAIL("it was taken");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("'rate' is continuous") != std::string::npos,
                     error.what());
        }
        QVERIFY_THROWS_EXCEPTION(Error, make({.name = "seed", .type = ParameterType::Integer, .high = 1e6}));
        QVERIFY(make({.name = "rate", .step = 0.1})->ask());
        QVERIFY(
            make({.name = "width", .type = ParameterType::Integer, .low = 8, .high = 64, .step = 8})->ask());
    }
};

QTEST_APPLESS_MAIN(TestParsec)
#include "test_parsec.moc"
