// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/hypervolume.h"
#include "core/search/transfer.h"
#include "tests/core/search/related_tasks.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::search;

namespace {

using testing::historyOf;
using testing::mixedSpace;
using testing::relatedTask;
using testing::tried;

using Family = testing::MadeUpTask (*)(Rng&);

testing::MadeUpTask near(Rng& rng) {
    return relatedTask(rng);
}

SearchSetup setupOf(const ParameterSpace& space, std::uint64_t seed) {
    return {space, {Direction::Minimise}, seed};
}

/// The least regret after so many trials, its median over seeds; each seed has a new task and new past ones.
std::vector<double> medianRegrets(const std::string& method, Family family, std::size_t past, int budget,
                                  std::uint64_t seeds) {
    std::vector<std::vector<double>> byTrial(static_cast<std::size_t>(budget));
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        Rng rng(100 + seed);
        const auto target = relatedTask(rng);
        const History history = historyOf(family, past, 40, rng);
        const auto optimiser = makeTransferred(method, setupOf(mixedSpace(), seed), Json::object(), history);
        const auto least = testing::regrets(*optimiser, target, budget);
        for (std::size_t i = 0; i < least.size(); ++i)
            byTrial[i].push_back(least[i]);
    }
    std::vector<double> result;
    result.reserve(byTrial.size());
    for (const auto& values : byTrial)
        result.push_back(testing::median(values));
    return result;
}

void addTransfers() {
    QTest::addColumn<QString>("method");
    for (const std::string& name : transferNames())
        if (name != "parsec") // takes no continuous parameters, which the made-up tasks have
            QTest::addRow("%s", name.c_str()) << QString::fromStdString(name);
}

Outcome outcomeOf(const testing::MadeUpTask& task, const ParameterSpace& space,
                  const Assignment& assignment) {
    const double value = task.value(space, assignment);
    const double last = std::fmod(std::abs(value) * 1000, 1.0);
    if (last < 0.1)
        return Outcome::failure();
    if (last < 0.2)
        return Outcome::infeasible(last);
    return {.objectives = {value}};
}

/// One question or one answer, with up to three trials in flight.
std::optional<Proposal> step(Optimiser& optimiser, const testing::MadeUpTask& task) {
    const auto proposal = optimiser.ask();
    if (optimiser.inFlight().size() >= 3) {
        const auto [id, assignment] = *std::next(optimiser.inFlight().begin());
        optimiser.tell(id, outcomeOf(task, optimiser.space(), assignment));
    }
    return proposal;
}

} // namespace

class TestHistorySearch : public QObject {
    Q_OBJECT

private slots:
    void tenWarmTrialsReachWhatTwentyRandomOnesDo_data() {
        QTest::addColumn<QString>("method");
        for (const char* name : {"rgpe", "pmf", "box", "random", "tpe"})
            QTest::addRow("%s", name) << QString(name);
    }
    void tenWarmTrialsReachWhatTwentyRandomOnesDo() {
        QFETCH(QString, method);
        const double cold = medianRegrets("random", near, 0, 20, 9).back();
        const double warm = medianRegrets(method.toStdString(), near, 4, 10, 9).back();
        qInfo("regret %.4f after 10 trials, of 20 random ones %.4f", warm, cold);
        QVERIFY(warm <= cold);
        QVERIFY(warm <= 0.5 * cold); // and not by a hair
    }

    void anUnrelatedHistoryCostsATenthAtMost_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("alone");
        QTest::addColumn<bool>("opposed");
        for (const bool opposed : {false, true})
            for (const auto& [method, alone] : {std::pair("rgpe", "gp"), std::pair("box", "random"),
                                                std::pair("random", "random"), std::pair("tpe", "tpe")})
                QTest::addRow("%s, %s", method, opposed ? "optima at the other end" : "optima anywhere")
                    << QString(method) << QString(alone) << opposed;
    }
    /// The median least regret after the same number of trials is at most a tenth above the one without.
    void anUnrelatedHistoryCostsATenthAtMost() {
        QFETCH(QString, method);
        QFETCH(QString, alone);
        QFETCH(bool, opposed);
        const bool slow = method == "rgpe";
        const std::uint64_t seeds = slow ? 5 : 101;
        const int budget = slow ? 30 : 40;
        const double without = medianRegrets(alone.toStdString(), near, 0, budget, seeds).back();
        const double with =
            medianRegrets(method.toStdString(), opposed ? testing::opposedTask : testing::unrelatedTask, 4,
                          budget, seeds)
                .back();
        qInfo("regret %.5f after %d trials, %.5f without history", with, budget, without);
        QVERIFY(with <= 1.1 * without);
    }

    void anEmptyHistoryIsNoTransferExactly_data() { addTransfers(); }
    void anEmptyHistoryIsNoTransferExactly() {
        QFETCH(QString, method);
        const std::string name = method.toStdString();
        const std::string alone = name == "rgpe" || name == "pmf" ? "gp" : name == "box" ? "random" : name;
        Rng rng(1);
        const auto task = relatedTask(rng);
        const auto warm = makeTransferred(name, setupOf(mixedSpace(), 4), Json::object(), {});
        const auto plain = makeOptimiser(alone, setupOf(mixedSpace(), 4));
        for (int i = 0; i < 25; ++i) {
            const auto a = step(*warm, task);
            const auto b = step(*plain, task);
            QVERIFY(a && b && a->id == b->id && a->assignment == b->assignment);
        }
        QCOMPARE(warm->record().text(), std::string("No history"));
        QVERIFY(!warm->record().isTransfer());
    }

    void aStudyGoesOnAsIfItHadNotBeenStopped_data() { addTransfers(); }
    /// The history goes through its text, some trials fail, three are in flight.
    void aStudyGoesOnAsIfItHadNotBeenStopped() {
        QFETCH(QString, method);
        Rng rng(3);
        const auto task = relatedTask(rng);
        History history = historyOf(near, 3, 25, rng);
        for (std::size_t i = 0; i < 3; ++i)
            history.tasks[i].metaFeatures = {{"samples", rng.uniform(1, 9)}};
        history.metaFeatures = {{"samples", 4}};
        const History read = historyFromJson(Json::parse(toJson(history).dump()));
        const auto make = [&](const History& past) {
            return makeTransferred(method.toStdString(), setupOf(mixedSpace(), 7), Json::object(), past);
        };
        const auto whole = make(history);
        for (int i = 0; i < 16; ++i)
            step(*whole, task);
        const auto resumed = make(read);
        for (const Trial& trial : whole->trials()) {
            resumed->restore(trial.id, trial.assignment);
            resumed->tell(trial.id, trial.outcome);
        }
        for (const auto& [id, assignment] : whole->inFlight())
            resumed->restore(id, assignment);
        QCOMPARE(resumed->record().text(), whole->record().text());
        for (int i = 0; i < 8; ++i) {
            const auto expected = step(*whole, task);
            const auto found = step(*resumed, task);
            QCOMPARE(found->id, expected->id);
            QVERIFY(found->assignment == expected->assignment);
        }
    }

    /// The past studies called the rate otherwise, had no width and one activation more.
    void anOverlappingSpaceHelpsInWhatItShares() {
        const ParameterSpace now = parameterSpaceFromJson(Json::parse(R"({"parameters": [
            {"name": "learning_rate", "low": 1e-5, "high": 1, "distribution": "log"},
            {"name": "momentum", "low": 0.2, "high": 0.99},
            {"name": "layers", "low": 1, "high": 12},
            {"name": "units", "type": "ordinal", "values": [8, 16, 32, 64, 128, 256, 512]},
            {"name": "activation", "type": "categorical", "values": ["gelu", "relu"]}]})"));
        std::vector<double> momentum;
        std::size_t gelu = 0;
        for (std::uint64_t seed = 1; seed <= 40; ++seed) {
            Rng rng(seed);
            const auto optimiser =
                makeTransferred("tpe", setupOf(now, seed), Json::object(), historyOf(near, 3, 60, rng));
            QVERIFY(optimiser->record().isTransfer());
            const auto first = optimiser->ask()->assignment;
            QVERIFY(!now.fault(first));
            momentum.push_back(first.values[1]);
            gelu += first.values[4] == 0 ? 1 : 0;
        }
        // The rate, which is not shared, matters most: single results of the past tell little of the rest.
        qInfo("gelu first in %zu of 40, momentum %.3f", gelu, testing::median(momentum));
        QVERIFY(gelu >= 27); // by chance 1 time in 60
        QVERIFY(std::abs(testing::median(momentum) - 0.8 * 0.99) < 0.1);
    }

    /// Rate against width: the optimum of the one objective costs the other.
    void severalObjectivesStartFromPastFronts() {
        const ParameterSpace space = mixedSpace();
        const std::vector<Direction> directions(2, Direction::Minimise);
        const auto pointOf = [&space](const testing::MadeUpTask& task, const Assignment& assignment) {
            auto other = task;
            other.optimum[3] = 0;
            other.optimum[1] = 0.2;
            return Point{task.regret(space, assignment), other.regret(space, assignment)};
        };
        const auto reached = [&](const std::string& method, std::size_t past, int budget,
                                 std::uint64_t seed) {
            Rng rng(seed);
            const auto target = relatedTask(rng);
            History history;
            for (std::size_t i = 0; i < past; ++i) {
                const auto task = relatedTask(rng);
                PastTask study = tried(task, std::to_string(i), 40, rng);
                study.directions = directions;
                for (Trial& trial : study.trials)
                    trial.outcome.objectives = pointOf(task, trial.assignment);
                history.tasks.push_back(std::move(study));
            }
            const auto optimiser =
                makeTransferred(method, {space, directions, seed}, Json::object(), history);
            std::vector<Point> points;
            for (int i = 0; i < budget; ++i) {
                const auto proposal = optimiser->ask();
                points.push_back(pointOf(target, proposal->assignment));
                optimiser->tell(proposal->id, {.objectives = points.back()});
            }
            return hypervolume(points, directions, {2, 2});
        };
        for (const char* method : {"rgpe", "pmf", "nsga2"}) {
            std::vector<double> warm;
            std::vector<double> cold;
            for (std::uint64_t seed = 1; seed <= 5; ++seed) {
                warm.push_back(reached(method, 3, 10, seed));
                cold.push_back(reached("random", 0, 20, seed));
            }
            qInfo("%s: hypervolume %.3f after 10 trials, of 20 random ones %.3f", method,
                  testing::median(warm), testing::median(cold));
            QVERIFY(testing::median(warm) >= testing::median(cold));
        }
    }

    void aSearchSaysWhatItUsed() {
        Rng rng(12);
        History history = historyOf(near, 2, 60, rng);
        history.tasks[0].name = "desk";
        history.tasks[1].name = "lamp";
        history.tasks.push_back(tried(testing::opposedTask(rng), "mirror", 60, rng));
        history.tasks.push_back(tried(relatedTask(rng), "few", 2, rng));
        const auto optimiser = makeTransferred("rgpe", setupOf(mixedSpace(), 2), Json::object(), history);
        testing::regrets(*optimiser, relatedTask(rng), 14);
        const TransferRecord record = optimiser->record();
        qInfo("%s", record.text().c_str());
        QCOMPARE(record.sources.size(), std::size_t(4));
        QVERIFY(record.sources[0].used && record.sources[1].used && !record.sources[2].used);
        QVERIFY(record.sources[0].weight + record.sources[1].weight > 0.3);
        QCOMPARE(record.sources[2].weight, 0.0);
        QVERIFY(QString::fromStdString(record.text()).contains("from 2 studies; weights 0."));
        QVERIFY(QString::fromStdString(record.text())
                    .contains("'few' is left out because fewer than 3 of its trials lie in the new space"));
        const TransferRecord read = TransferRecord::fromJson(Json::parse(record.toJson().dump()));
        QCOMPARE(read.text(), record.text());
        QVERIFY(read.toJson() == record.toJson());
    }
};

QTEST_APPLESS_MAIN(TestHistorySearch)
#include "test_history_search.moc"
