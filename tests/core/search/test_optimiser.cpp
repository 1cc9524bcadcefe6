// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/optimiser.h"

#include "core/base/error.h"
#include "tests/core/search/random_space.h"

#include <QtTest>
#include <cmath>
#include <set>

using namespace greenfront;
using namespace greenfront::search;

namespace {

/// What a trial would give: a fixed function of its values; some break a constraint, some fail.
Outcome outcomeOf(const ParameterSpace& space, const Assignment& assignment, std::size_t objectives) {
    const auto unit = space.toUnit(assignment);
    double sum = 0;
    for (const double value : unit)
        sum += value;
    const double last = std::fmod(sum * 7.3, 1.0);
    if (last < 0.1)
        return Outcome::failure();
    if (last < 0.2)
        return Outcome::infeasible(last);
    Outcome outcome{.objectives = {(unit[0] - 0.3) * (unit[0] - 0.3) + sum}};
    if (objectives == 2)
        outcome.objectives.push_back(std::abs(unit[0] - 0.9) - sum);
    return outcome;
}

std::vector<Direction> directionsFor(std::size_t objectives) {
    std::vector<Direction> directions{Direction::Minimise};
    if (objectives == 2)
        directions.push_back(Direction::Maximise);
    return directions;
}

ParameterSpace small() {
    return parameterSpaceFromJson(Json::parse(R"({"parameters": [
        {"name": "a", "type": "categorical", "values": ["x", "y", "z"]},
        {"name": "b", "type": "integer", "low": 1, "high": 4, "when": {"a": ["x", "y"]}},
        {"name": "c", "type": "ordinal", "values": [1, 2], "when": {"b": {"minimum": 3}}}]})"));
}

ParameterSpace line() {
    return ParameterSpace({{.name = "x"}, {.name = "y"}});
}

/// What a Gaussian process costs grows with the cube of what it knows.
Json optionsFor(const QString& method) {
    return method == "gp" ? Json{{"most_trials", 40}, {"candidates", 64}} : Json::object();
}

/// PARSEC takes no continuous parameters.
ParameterSpace line(const QString& method) {
    if (method != "parsec")
        return line();
    return ParameterSpace({{.name = "x", .step = 0.05}, {.name = "y", .step = 0.05}});
}

ParameterSpace spaceFor(const QString& method, Rng& rng) {
    ParameterSpace space = testing::randomSpace(rng);
    while (method == "parsec" && !std::isfinite(space.cardinality()))
        space = testing::randomSpace(rng);
    return space;
}

void addMethods() {
    QTest::addColumn<QString>("method");
    for (const std::string& name : optimiserNames())
        QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
}

} // namespace

class TestOptimiser : public QObject {
    Q_OBJECT

private slots:
    void whatIsAskedForIsAlwaysInTheSpace_data() { addMethods(); }
    /// Random spaces with conditions, up to seven trials in flight, told in any order.
    void whatIsAskedForIsAlwaysInTheSpace() {
        QFETCH(QString, method);
        Rng rng(4);
        for (int round = 0; round < 30; ++round) {
            const ParameterSpace space = spaceFor(method, rng);
            const std::size_t objectives = 1 + rng.below(2);
            const auto optimiser = makeOptimiser(
                method.toStdString(), {space, directionsFor(objectives), rng.below(99)}, optionsFor(method));
            std::vector<Proposal> flying;
            for (int i = 0; i < 90; ++i) {
                if (const auto proposal = optimiser->ask()) {
                    const auto fault = space.fault(proposal->assignment);
                    QVERIFY2(!fault, (fault.value_or("") + " in " + space.toJson().dump()).c_str());
                    flying.push_back(*proposal);
                }
                while (!flying.empty() && (flying.size() > 6 || rng.chance(0.4))) {
                    const auto at = static_cast<std::ptrdiff_t>(rng.below(flying.size()));
                    const Proposal& one = flying[static_cast<std::size_t>(at)];
                    optimiser->tell(one.id, outcomeOf(space, one.assignment, objectives));
                    flying.erase(flying.begin() + at);
                }
            }
        }
    }

    void aStudyGoesOnAsIfItHadNotBeenStopped_data() { addMethods(); }
    void aStudyGoesOnAsIfItHadNotBeenStopped() {
        QFETCH(QString, method);
        Rng rng(5);
        for (int round = 0; round < 6; ++round) {
            const ParameterSpace space = spaceFor(method, rng);
            const SearchSetup setup{space, directionsFor(2), 11};
            const auto whole = makeOptimiser(method.toStdString(), setup, optionsFor(method));
            const auto step = [&space, &rng](Optimiser& optimiser) {
                const auto proposal = optimiser.ask();
                if (optimiser.inFlight().size() < 4 && proposal)
                    return proposal;
                if (!optimiser.inFlight().empty()) {
                    const auto& [id, assignment] = *optimiser.inFlight().begin();
                    optimiser.tell(id, outcomeOf(space, Assignment(assignment), 2));
                }
                return proposal;
            };
            for (int i = 0; i < 130; ++i)
                step(*whole);
            const auto resumed = makeOptimiser(method.toStdString(), setup, optionsFor(method));
            for (const Trial& trial : whole->trials()) {
                resumed->restore(trial.id, trial.assignment);
                resumed->tell(trial.id, trial.outcome);
            }
            for (const auto& [id, assignment] : whole->inFlight())
                resumed->restore(id, assignment);
            for (int i = 0; i < 20; ++i) {
                const auto expected = step(*whole);
                const auto found = step(*resumed);
                QCOMPARE(found.has_value(), expected.has_value());
                if (!found)
                    break;
                QCOMPARE(found->id, expected->id);
                QVERIFY(found->assignment == expected->assignment);
            }
        }
    }

    void anotherSeedAsksForOtherTrials_data() { addMethods(); }
    void anotherSeedAsksForOtherTrials() {
        QFETCH(QString, method);
        if (method == "grid")
            QSKIP("a grid has no chance in it");
        const auto first = [&method](std::uint64_t seed) {
            return makeOptimiser(method.toStdString(), {line(method), directionsFor(1), seed})
                ->ask()
                ->assignment;
        };
        QVERIFY(first(1) == first(1));
        QVERIFY(!(first(1) == first(2)));
    }

    void aFiniteSpaceIsAskedForOnce_data() { addMethods(); }
    void aFiniteSpaceIsAskedForOnce() {
        QFETCH(QString, method);
        const ParameterSpace space = small();
        const auto optimiser = makeOptimiser(method.toStdString(), {space, directionsFor(1), 3});
        std::set<std::string> seen;
        while (const auto proposal = optimiser->ask()) {
            QVERIFY(seen.insert(space.named(proposal->assignment).dump()).second);
            optimiser->tell(proposal->id, outcomeOf(space, proposal->assignment, 1));
        }
        QCOMPARE(seen.size(), std::size_t(2 * (2 + 2 * 2) + 1)); // x and y with 1, 2, (3, 4) x (1, 2), and z
    }

    void whereTrialsAreNoisyTheyMayRepeat() {
        const auto optimiser = makeOptimiser("random", {small(), directionsFor(1), 3, true});
        for (int i = 0; i < 100; ++i)
            QVERIFY(optimiser->ask());
    }

    void trialsFromElsewhereAreKnown() {
        const ParameterSpace space = small();
        const auto optimiser = makeOptimiser("tpe", {space, directionsFor(1), 3});
        QCOMPARE(optimiser->add(space.assignment({{"a", "x"}, {"b", 1}}), {.objectives = {1}}),
                 std::uint64_t(0));
        QVERIFY(optimiser->inFlight().empty());
        QCOMPARE(optimiser->trials().size(), std::size_t(1));
        QCOMPARE(optimiser->ask()->id, std::uint64_t(1));
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->add({{5, 1, 1}}, {.objectives = {1}}));
    }

    void whatDoesNotFitIsRefused() {
        const auto optimiser = makeOptimiser("random", {line(), directionsFor(2), 3});
        const auto id = optimiser->ask()->id;
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->tell(id + 1, Outcome::failure()));
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->tell(id, {.objectives = {1}}));
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->tell(id, {}));
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->restore(9, {{0.5}}));
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->restore(9, {{0.5, 2}}));
        optimiser->tell(id, Outcome::infeasible());
        QVERIFY_THROWS_EXCEPTION(Error, optimiser->tell(id, Outcome::failure()));
        QVERIFY_THROWS_EXCEPTION(Error, makeOptimiser("random", {line(), {}, 3}));
        QVERIFY_THROWS_EXCEPTION(Error, makeOptimiser("simulated annealing", {line(), directionsFor(1), 3}));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 makeOptimiser("tpe", {line(), directionsFor(1), 3}, {{"candidates", 0}}));
    }

    void anObjectiveThatIsNotANumberIsAFailure() {
        const auto optimiser = makeOptimiser("random", {line(), directionsFor(1), 3});
        for (const double value : {double(NAN), double(INFINITY)}) {
            optimiser->tell(optimiser->ask()->id, {.objectives = {value}});
            QVERIFY(optimiser->trials().back().outcome.failed);
        }
    }

    void constraintsSteer_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"tpe", "nsga2", "evolution", "cma-es"})
            QTest::addRow("%s", name) << QString(name);
    }
    /// Only a twentieth of the space is allowed; a search that learns finds into it and stays there.
    void constraintsSteer() {
        QFETCH(QString, method);
        int inside = 0;
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto optimiser = makeOptimiser(method.toStdString(), {line(), directionsFor(1), seed});
            for (int i = 0; i < 200; ++i) {
                const auto proposal = optimiser->ask();
                const double x = proposal->assignment.values[0];
                if (x > 0.05)
                    optimiser->tell(proposal->id, Outcome::infeasible(x - 0.05));
                else
                    optimiser->tell(proposal->id,
                                    {.objectives = {std::abs(proposal->assignment.values[1] - 0.5)}});
                inside += i >= 100 && x <= 0.05 ? 1 : 0;
            }
        }
        QVERIFY2(inside >= 150, qPrintable(QString::number(inside))); // 25 of 500 by chance
    }
};

QTEST_APPLESS_MAIN(TestOptimiser)
#include "test_optimiser.moc"
