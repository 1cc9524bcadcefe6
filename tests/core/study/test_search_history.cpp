// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/search_history.h"

#include "core/store/studies.h"

#include <QTemporaryDir>
#include <QtTest>
#include <array>
#include <cmath>

using namespace greenfront;
using namespace greenfront::study;
using store::TrialOutcome;

namespace {

Tuning tuningOf(std::vector<std::string> objectives) {
    Tuning tuning{.space = {{"parameters",
                             {{{"name", "lr"}, {"type", "float"}, {"low", 0}, {"high", 1}},
                              {{"name", "seed"}, {"type", "float"}, {"low", 0}, {"high", 1}}}}},
                  .command = {"train.sh", "{lr}", "{seed}"}};
    tuning.objectives = search::objectivesFrom(objectives);
    return tuning;
}

store::TrialRow trial(std::optional<store::TrialResult> result, double joules) {
    store::TrialRow row{.parameters = {{"lr", 0.5}, {"seed", 0.5}}, .result = std::move(result)};
    row.joules = Joules(joules);
    row.seconds = Seconds(2 * joules);
    return row;
}

store::TrialResult finished(std::vector<double> objectives) {
    return {.objectives = std::move(objectives)};
}

} // namespace

class TestSearchHistory : public QObject {
    Q_OBJECT

private slots:
    void the_best_so_far_is_of_finished_trials_and_the_joules_are_of_all() {
        TuningResult result{.tuning = tuningOf({"max:accuracy"})};
        result.trials = {
            trial(store::TrialResult{.outcome = TrialOutcome::Failed, .reason = "it died"}, 1),
            trial(finished({0.7}), 10),
            trial(store::TrialResult{.outcome = TrialOutcome::Stopped, .reason = "bandit"}, 3),
            trial(finished({0.6}), 10),
            trial(
                store::TrialResult{.outcome = TrialOutcome::Infeasible, .objectives = {0.99}, .violation = 1},
                10),
            trial(finished({0.9}), 10),
            trial(std::nullopt, 5)};
        result.reference = {0.6};
        const auto steps = historyOf(result);
        QCOMPARE(steps.size(), std::size_t(6)); // what runs has not ended
        const std::array joules{1.0, 11.0, 14.0, 24.0, 34.0, 44.0};
        const std::array best{0.0, 0.7, 0.7, 0.7, 0.7, 0.9};
        for (std::size_t i = 0; i < steps.size(); ++i) {
            QCOMPARE(steps[i].trial, i);
            QCOMPARE(steps[i].joules.value, joules.at(i));
            QCOMPARE(steps[i].seconds.value, 2 * joules.at(i));
            QVERIFY(i == 0 ? std::isnan(steps[i].best[0]) : steps[i].best[0] == best.at(i));
        }
    }

    /// Up to (4, 4): (3, 1) has 1 x 3, (2, 2) adds 1 x 2, (3, 3) is dominated, (1, 4) is on the edge.
    void the_hypervolume_grows_with_the_front() {
        TuningResult result{.tuning = tuningOf({"min:loss", "min:energy_j"})};
        result.trials = {trial(finished({3, 1}), 1), trial(finished({2, 2}), 1), trial(finished({3, 3}), 1),
                         trial(finished({1, 4}), 1), trial(finished({1, 1}), 1)};
        result.reference = {4, 4};
        std::vector<double> volumes;
        for (const HistoryStep& step : historyOf(result))
            volumes.push_back(step.hypervolume);
        QCOMPARE(volumes, (std::vector<double>{3, 5, 5, 5, 9}));
        QCOMPARE(historyOf(result).back().best, (search::Point{1, 1}));
    }

    void nothing_has_a_history_without_results() {
        const TuningResult result{.tuning = tuningOf({"min:loss"})};
        QVERIFY(historyOf(result).empty());
        QVERIFY(importancesOf(result, 0).empty());
    }

    void curves_are_of_all_trials_that_reported() {
        const QTemporaryDir folder;
        auto workspace =
            store::Workspace::create(std::filesystem::path(folder.path().toStdString()) / "w.greenfront");
        const StudyId id = putTuning(workspace, tuningOf({"min:loss"}));
        const auto add = [&](std::uint64_t number, const std::vector<store::SeriesPoint>& loss) {
            const RunId run =
                store::addTrial(workspace, id, number, {{"lr", 0.1}, {"seed", 0.1}}, Json::object());
            if (!loss.empty())
                store::putSeries(workspace, run, "loss", loss);
            return run;
        };
        const RunId stopped = add(0, {{1, 5.0}, {2, 4.0}});
        const RunId silent = add(1, {});
        add(2, {{1, 3.0}});
        const std::array memory{store::SeriesPoint{1, 100}};
        store::putSeries(workspace, stopped, "memory", memory);
        store::endTrial(workspace, silent, {.outcome = TrialOutcome::Failed, .reason = "it told nothing"});
        store::endTrial(workspace, stopped, {.outcome = TrialOutcome::Stopped, .reason = "bandit"});
        const TuningResult result = resultOf(workspace, id);
        const auto curves = curvesOf(workspace, result, "loss");
        QCOMPARE(curves.size(), std::size_t(2));
        QCOMPARE(result.trials[curves[0].trial].number, std::uint64_t(0));
        QVERIFY(result.trials[curves[0].trial].result->outcome == TrialOutcome::Stopped);
        QCOMPARE(curves[0].points.size(), std::size_t(2));
        QCOMPARE(curves[0].points[1].value, 4.0);
        QVERIFY(!result.trials[curves[1].trial].result); // it runs
        QCOMPARE(reportedMetrics(workspace, result), (std::vector<std::string>{"loss", "memory"}));
    }

    void importances_are_those_of_finished_trials() {
        TuningResult result{.tuning = tuningOf({"min:loss", "min:energy_j"})};
        Rng rng(4);
        for (int i = 0; i < 100; ++i) {
            const double lr = rng.uniform();
            const double seed = rng.uniform();
            auto row = trial(finished({lr, seed}), 1);
            if (i % 5 == 0)
                row.result = store::TrialResult{.outcome = TrialOutcome::Failed, .reason = "it told nothing"};
            row.parameters = {{"lr", lr}, {"seed", seed}};
            result.trials.push_back(row);
        }
        QVERIFY(importancesOf(result, 0).at(0).share > 0.9);
        QVERIFY(importancesOf(result, 0).at(1).share < 0.1);
        QVERIFY(importancesOf(result, 1).at(1).share > 0.9);
    }
};

QTEST_APPLESS_MAIN(TestSearchHistory)
#include "test_search_history.moc"
