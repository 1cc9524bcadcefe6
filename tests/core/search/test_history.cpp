// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/history.h"

#include "core/base/error.h"
#include "core/search/carried_task.h"
#include "tests/core/search/random_space.h"
#include "tests/core/search/related_tasks.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::search;

namespace {

ParameterSpace spaceFrom(const char* parameters) {
    return parameterSpaceFromJson({{"parameters", Json::parse(parameters)}});
}

PastTask taskOf(const char* parameters, const std::vector<std::pair<Json, double>>& trials) {
    PastTask task{"past", spaceFrom(parameters), {Direction::Minimise}, {}};
    for (const auto& [values, objective] : trials)
        task.trials.push_back(
            {task.trials.size(), task.space.assignment(values), {.objectives = {objective}}});
    return task;
}

History sound() {
    Rng rng(1);
    History history;
    history.tasks.push_back(testing::tried(testing::relatedTask(rng), "desk", 5, rng));
    history.tasks.push_back(testing::tried(testing::relatedTask(rng), "lamp", 4, rng));
    return history;
}

std::string refusalOf(const History& history) {
    try {
        requireSound(history);
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class TestHistory : public QObject {
    Q_OBJECT

private slots:
    /// Any space, outcomes of every kind, numbers to the last bit.
    void historiesAreReadAsTheyWereWritten() {
        Rng rng(2);
        for (int round = 0; round < 20; ++round) {
            History history;
            history.metaFeatures = {{"samples", rng.uniform(1, 1e6)}, {"classes", 10}};
            for (int task = 0; task < 3; ++task) {
                PastTask past{"task " + std::to_string(task),
                              testing::randomSpace(rng),
                              {Direction::Minimise, Direction::Maximise},
                              {}};
                for (std::uint64_t i = 0; i < 8; ++i)
                    past.trials.push_back(
                        {i * 3, past.space.sample(rng), {.objectives = {rng.normal(), 0.1}}});
                past.trials[1].outcome = Outcome::failure();
                past.trials[2].outcome = Outcome::infeasible();
                past.trials[3].outcome.violation = 0.3;
                past.metaFeatures = {{"samples", rng.uniform(1, 1e6)}};
                history.tasks.push_back(std::move(past));
            }
            const Json json = toJson(history);
            const History read = historyFromJson(parseJson(json.dump(), "it"));
            QCOMPARE(read.tasks.size(), history.tasks.size());
            QVERIFY(read.metaFeatures == history.metaFeatures);
            for (std::size_t task = 0; task < 3; ++task) {
                const PastTask& before = history.tasks[task];
                const PastTask& after = read.tasks[task];
                QCOMPARE(after.name, before.name);
                QCOMPARE(after.space.identity(), before.space.identity());
                QVERIFY(after.directions == before.directions && after.metaFeatures == before.metaFeatures);
                QCOMPARE(after.trials.size(), before.trials.size());
                for (std::size_t i = 0; i < before.trials.size(); ++i) {
                    QCOMPARE(after.trials[i].id, before.trials[i].id);
                    QVERIFY(after.trials[i].assignment == before.trials[i].assignment);
                    QVERIFY(after.trials[i].outcome.objectives == before.trials[i].outcome.objectives);
                    QCOMPARE(after.trials[i].outcome.violation, before.trials[i].outcome.violation);
                    QCOMPARE(after.trials[i].outcome.failed, before.trials[i].outcome.failed);
                }
            }
            QVERIFY(toJson(read) == json);
        }
    }

    void whatIsNotSoundIsRefusedByName() {
        QCOMPARE(refusalOf(sound()), std::string());
        History history = sound();
        history.tasks[1].trials[2].outcome.objectives[0] = std::nan("");
        QVERIFY(refusalOf(history).find("'lamp'") != std::string::npos);
        QVERIFY(refusalOf(history).find("trial 2") != std::string::npos);
        history = sound();
        history.tasks[0].trials[1].outcome.objectives.push_back(1);
        QVERIFY(refusalOf(history).find("2 objectives and its study 1") != std::string::npos);
        history = sound();
        history.tasks[0].trials[1].outcome.objectives.clear();
        QVERIFY(!refusalOf(history).empty());
        history = sound();
        history.tasks[0].trials[1].assignment.values.pop_back();
        QVERIFY(refusalOf(history).find("4 values for 5 parameters") != std::string::npos);
        history = sound();
        history.tasks[0].trials[1].assignment.values[1] = std::nan("");
        QVERIFY(!refusalOf(history).empty());
        history = sound();
        history.tasks[0].trials[1].outcome.violation = std::nan("");
        QVERIFY(!refusalOf(history).empty());
        history = sound();
        history.tasks[0].directions.clear();
        QVERIFY(!refusalOf(history).empty());
        history = sound();
        history.tasks[1].name = "desk";
        QVERIFY(refusalOf(history).find("two of that name") != std::string::npos);
        history = sound();
        history.metaFeatures["samples"] = std::numeric_limits<double>::infinity();
        QVERIFY(!refusalOf(history).empty());
    }

    void aSearchRefusesABadHistoryToo() {
        History history = sound();
        history.tasks[0].trials[0].outcome.objectives[0] = std::nan("");
        QVERIFY_THROWS_EXCEPTION(Error, makeTransferred("tpe", {testing::mixedSpace(), {Direction::Minimise}},
                                                        Json::object(), history));
    }

    void textThatIsNoHistoryIsRefused_data() {
        QTest::addColumn<QString>("text");
        const QString space = R"("space": {"parameters": [{"name": "x"}]})";
        QTest::newRow("a list") << "[]";
        QTest::newRow("no tasks") << "{}";
        QTest::newRow("unknown key") << R"({"tasks": [], "more": 1})";
        QTest::newRow("no space")
            << R"({"tasks": [{"name": "a", "directions": ["minimise"], "trials": []}]})";
        QTest::newRow("no trials") << R"({"tasks": [{"name": "a", "directions": ["minimise"], )" + space +
                                          "}]}";
        QTest::newRow("direction") << R"({"tasks": [{"name": "a", "directions": ["up"], "trials": [], )" +
                                          space + "}]}";
        for (const char* trial :
             {R"({"id": 0})", R"({"id": -1, "values": {"x": 0.5}})", R"({"id": 0, "values": {"y": 1}})",
              R"({"id": 0, "values": {"x": 2}, "objectives": [1]})", R"({"id": 0, "values": {"x": 0.5}})",
              R"({"id": 0, "values": {"x": 0.5}, "objectives": ["1"]})",
              R"({"id": 0, "values": {"x": 0.5}, "objectives": [1], "failed": 1})", "7"})
            QTest::newRow(trial) << R"({"tasks": [{"name": "a", "directions": ["minimise"], )" + space +
                                        R"(, "trials": [)" + trial + "]}]}";
    }
    void textThatIsNoHistoryIsRefused() {
        QFETCH(QString, text);
        QVERIFY_THROWS_EXCEPTION(Error, historyFromJson(Json::parse(text.toStdString())));
    }

    /// A past learning rate lies on another scale, a width was a number and is a list entry now.
    void valuesAreCarriedOverByWhatTheyStandFor() {
        const PastTask past = taskOf(
            R"([{"name": "lr", "low": 0.001, "high": 1}, {"name": "width", "type": "integer", "low": 1, "high": 99},
                {"name": "op", "type": "categorical", "values": ["a", "b", "c"]}, {"name": "old", "low": 0, "high": 1}])",
            {{{{"lr", 0.01}, {"width", 32}, {"op", "c"}, {"old", 0.5}}, 3},
             {{{"lr", 0.1}, {"width", 64}, {"op", "b"}, {"old", 0.5}}, 1},
             {{{"lr", 0.02}, {"width", 32}, {"op", "b"}, {"old", 0.5}}, 2},
             {{{"lr", 0.9}, {"width", 32}, {"op", "b"}, {"old", 0.5}}, 0},  // above the new bound
             {{{"lr", 0.01}, {"width", 33}, {"op", "b"}, {"old", 0.5}}, 0}, // not in the new list
             {{{"lr", 0.01}, {"width", 32}, {"op", "a"}, {"old", 0.5}}, 0}});
        const ParameterSpace now = spaceFrom(
            R"([{"name": "op", "type": "categorical", "values": ["c", "b"]}, {"name": "new", "low": 0, "high": 1},
                {"name": "width", "type": "ordinal", "values": [32, 64]},
                {"name": "lr", "low": 0.001, "high": 0.5, "distribution": "log"}])");
        const auto carried = carriedOver({{past}}, now, {Direction::Minimise});
        QCOMPARE(carried.tasks.size(), std::size_t(1));
        const CarriedTask& task = carried.tasks[0];
        QVERIFY((task.shared == std::vector<bool>{true, false, true, true}));
        QCOMPARE(task.assignments.size(), std::size_t(3));
        QCOMPARE(task.assignments[0].values[0], 0.0);
        QVERIFY(std::isnan(task.assignments[0].values[1]));
        QCOMPARE(task.assignments[1].values[2], 1.0);
        QVERIFY(std::abs(task.assignments[1].values[3] - 0.1) < 1e-12);
        QVERIFY((task.normalised == std::vector<Point>{{1}, {0}, {0.5}}));
    }

    void aDivergedTrialDoesNotSetTheScale() {
        const PastTask past = taskOf(R"([{"name": "x", "low": 0, "high": 1}])", {{{{"x", 0.1}}, 0},
                                                                                 {{{"x", 0.2}}, 1},
                                                                                 {{{"x", 0.3}}, 2},
                                                                                 {{{"x", 0.4}}, 1.5},
                                                                                 {{{"x", 0.5}}, 1e300}});
        const auto carried = carriedOver({{past}}, past.space, {Direction::Minimise});
        QCOMPARE(carried.tasks[0].normalised.back()[0], 1.0);
        QCOMPARE(carried.tasks[0].normalised[3][0], 1.5 / 4.5); // three times the median of 1.5
    }

    void whatIsBetterIsLow() {
        PastTask past = taskOf(R"([{"name": "x", "low": 0, "high": 1}])",
                               {{{{"x", 0.1}}, 3}, {{{"x", 0.2}}, 5}, {{{"x", 0.3}}, 4}});
        past.directions = {Direction::Maximise};
        const auto carried = carriedOver({{past}}, past.space, {Direction::Maximise});
        QVERIFY((carried.tasks[0].normalised == std::vector<Point>{{1}, {0}, {0.5}}));
    }

    void tasksThatDoNotFitAreLeftOutWithTheReason() {
        const auto trials = std::vector<std::pair<Json, double>>{{{{"x", 0.1}}, 3}, {{{"x", 0.2}}, 5}};
        PastTask few = taskOf(R"([{"name": "x", "low": 0, "high": 1}])", trials);
        PastTask other = few;
        other.directions = {Direction::Maximise};
        other.name = "other";
        PastTask strange = taskOf(R"([{"name": "y", "low": 0, "high": 1}])", {});
        strange.name = "strange";
        PastTask typed = taskOf(R"([{"name": "x", "type": "categorical", "values": ["a", "b"]}])", {});
        typed.name = "typed";
        const auto carried = carriedOver({{few, other, strange, typed}}, few.space, {Direction::Minimise});
        QVERIFY(carried.tasks.empty());
        QCOMPARE(carried.leftOut.size(), std::size_t(4));
        QCOMPARE(carried.leftOut[0].reason, std::string("fewer than 3 of its trials lie in the new space"));
        QCOMPARE(carried.leftOut[1].reason, std::string("its objectives are others"));
        QCOMPARE(carried.leftOut[2].reason, std::string("it shares no parameter"));
        QCOMPARE(carried.leftOut[3].reason, std::string("it shares no parameter"));
    }
};

QTEST_APPLESS_MAIN(TestHistory)
#include "test_history.moc"
