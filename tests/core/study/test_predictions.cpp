// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/predictions.h"

#include "core/base/error.h"
#include "core/study/phases.h"
#include "core/study/training_profile.h"
#include "core/study/versions.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

using namespace greenfront;
using study::Cost;

namespace {

/// As many steps as a profile needs, of networks that all do the same.
study::Workload madeUpLoad() {
    study::Workload load;
    load.largest = load.smallest = load.mean = {1e6, 1e5};
    load.parameters = 1e5;
    load.batch = 64;
    load.stepsAnEpoch = 100;
    load.calibrationImages = 1000;
    load.validationImages = 500;
    load.step = {4e6, 4e5};
    load.epochs = 10;
    load.evaluations = 50;
    load.latencyLimit = Seconds(0.1);
    return load;
}

} // namespace

class TestPredictions : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    Control control_;
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(folder_.path().toStdString()) / name;
    }
    static void ignore(const Progress&) {}

private slots:
    void a_profile_takes_little_and_leaves_out_the_first_step() {
        Cost spent;
        study::TrainingProfile profile(
            madeUpLoad(), [&] { return spent; }, true);
        const auto load = madeUpLoad();
        std::size_t step = 0;
        bool done = false;
        while (!done && profile.wants(step + 1)) {
            ++step;
            spent += step == 1 ? Cost{Joules(500), Seconds(50)} : Cost{Joules(10), Seconds(1)};
            done = profile.addStep(step, load.step);
        }
        QVERIFY(done);
        QCOMPARE(step, 15U); // 1.5 % of 1,000 steps; the rest is for judging
        QVERIFY(!profile.wants(step + 1));
        const std::size_t images = profile.probeImages();
        QVERIFY(images >= 8 && images <= 64);
        // An image takes 0.01 s to calibrate on and 0.02 s to classify.
        const auto n = static_cast<double>(images);
        profile.addProbe(images, {Joules(0.1 * n), Seconds(0.01 * n)}, {Joules(0.2 * n), Seconds(0.02 * n)});
        QVERIFY(std::abs(profile.epochEnd().seconds.value - 20) < 1e-9);
        QVERIFY(std::abs(profile.epoch().seconds.value - 120) < 1e-9);
        const auto forecast = profile.forecast(10, {}).value();
        QVERIFY(std::abs(forecast.seconds.value - 1200) < 1e-6);
        QVERIFY(std::abs(forecast.joules.value - 12000) < 1e-5);
        QVERIFY(forecast.seconds.low < 1200 && forecast.seconds.high > 1200);
    }

    void a_short_or_resumed_training_has_no_profile() {
        auto load = madeUpLoad();
        const auto nothing = [] { return Cost{}; };
        QVERIFY(!study::TrainingProfile(load, nothing, false).wants(1));
        load.epochs = 1;
        QVERIFY(!study::TrainingProfile(load, nothing, true).wants(1));
    }

    void work_grows_with_what_is_to_be_done() {
        const auto load = madeUpLoad();
        const auto one = study::trainingWork(load, 100, 1);
        const auto two = study::trainingWork(load, 200, 2);
        for (std::size_t i = 0; i < one.size(); ++i)
            QCOMPARE(two[i], 2 * one[i]);
        QCOMPARE(one[0], 100 * 64 * 4e6);
        QCOMPARE(study::searchWork(load, 10, true, true)[0], 10 * 1500 * 1e6);
        QCOMPARE(study::searchWork(load, 10, true, true)[4], 1.0);
        QCOMPARE(study::searchWork(load, 10, false, false)[4], 0.0);
        QCOMPARE(one.size(), study::trainingGuess().size());
        QCOMPARE(study::searchWork(load, 1, true, true).size(), study::searchGuess().size());
    }

    void a_summary_counts_only_what_went_as_planned() {
        const auto check = [](const char* kind, double predicted, double actual) {
            study::PredictionCheck made;
            made.prediction.kind = kind;
            if (actual > 0) {
                made.joules = {{predicted, predicted * 0.9, predicted * 1.1}, actual};
                made.seconds = {{predicted / 10, 0, predicted}, actual / 10};
            }
            return made;
        };
        std::vector<study::PredictionCheck> checks{
            check(study::profileKind, 105, 100), check(study::beforeKind, 130, 100),
            check(study::beforeKind, 90, 100), check(study::beforeKind, 1000, 0)};
        checks[1].naiveErrorPercent = -12;
        const auto summaries = study::summariesOf(checks);
        QCOMPARE(summaries.size(), 2U);
        QVERIFY(summaries[0].kind == study::beforeKind && summaries[1].kind == study::profileKind);
        QCOMPARE(summaries[0].joules.count, 2U);
        QCOMPARE(summaries[0].joules.medianErrorPercent, 20.0);
        QCOMPARE(summaries[0].joules.coverage, 0.0); // one ends at 99, the other begins at 117
        QCOMPARE(summaries[0].seconds.coverage, 1.0);
        QCOMPARE(summaries[0].naiveErrorPercent.value(), 12.0);
        QCOMPARE(summaries[1].joules.coverage, 1.0);
        QVERIFY(!summaries[1].naiveErrorPercent);
        QVERIFY(study::summariesOf({checks[3]}).empty());
    }

    void earlier_runs_tell_what_a_study_costs_and_are_compared() {
        auto workspace = store::Workspace::create(path("learns.greenfront"));
        study::Study study = testing::smallStudy();
        const StudyId first = study::putStudy(workspace, study);
        QCOMPARE(study::expectationsOf(workspace, first).size(), 3U);
        QVERIFY(!study::leftOf(study::expectationsOf(workspace, first))); // nothing is known yet
        study::runStudy(workspace, first, control_, ignore);
        QVERIFY(study::expectationsOf(workspace, first).empty());

        study::setParameter(study, "seed=2");
        const StudyId second = study::putStudy(workspace, study);
        const auto left = study::leftOf(study::expectationsOf(workspace, second));
        QVERIFY(left && left->joules.value > 0 && left->seconds.low < left->seconds.value);
        // A study need not be in the workspace to be planned.
        const auto unstored = study::leftOf(study::expectationsOf(workspace, study));
        QVERIFY(unstored && unstored->seconds.value == left->seconds.value);
        study::Study longer = study;
        study::setParameter(longer, "epochs=4");
        const auto more = study::leftOf(study::expectationsOf(workspace, longer));
        QVERIFY(more && more->seconds.value > left->seconds.value);
        bool expectedAtOnce = false;
        study::runStudy(workspace, second, control_, [&](const Progress& progress) {
            expectedAtOnce |= progress.fraction < 0.2 && progress.remaining && progress.remainingEnergy;
        });
        QVERIFY(expectedAtOnce);
        const auto checks = study::predictionChecks(workspace);
        QCOMPARE(std::ranges::count_if(checks,
                                       [&](const auto& check) {
                                           return check.prediction.kind == study::beforeKind &&
                                                  check.run.study == second && check.joules;
                                       }),
                 3);
        for (const auto& check : checks) {
            // The first study's training taught nothing before it; its second search learns from its first.
            QVERIFY(check.run.study == second || check.run.kind != "training" ||
                    check.prediction.kind == study::profileKind);
            QVERIFY(check.joules->actual > 0 && check.seconds->actual > 0);
            QVERIFY(check.prediction.share <= study::profileShare);
            QCOMPARE(check.naiveErrorPercent.has_value(), check.run.kind == "training");
        }
        QCOMPARE(study::pastErrors(workspace, "training", study::beforeKind).size(), 1U);
    }

    void what_is_planned_for_ends_with_the_budget() {
        study::Study study = testing::smallStudy();
        energy::CostForecast left;
        left.seconds.value = 12.3;
        using std::chrono::seconds;
        QVERIFY(!study::plannedDuration(std::nullopt, study));
        QCOMPARE(study::plannedDuration(left, study), std::optional(seconds(13)));
        study::setParameter(study, "budget_seconds=10");
        QCOMPARE(study::plannedDuration(left, study), std::optional(seconds(10)));
        QCOMPARE(study::plannedDuration(std::nullopt, study), std::optional(seconds(10)));
    }

    void a_budget_ends_a_study_in_time_and_says_so() {
        auto workspace = store::Workspace::create(path("budget.greenfront"));
        study::Study study = testing::smallStudy();
        for (const char* assignment : {"epochs=2000", "budget_seconds=2"})
            study::setParameter(study, assignment);
        const StudyId id = study::putStudy(workspace, study);
        study::runStudy(workspace, id, control_, ignore);
        QVERIFY(study::isFinished(workspace, id));
        const auto runs = store::runsOf(workspace, id);
        QVERIFY(runs.front().note.find("of 2000 epochs") != std::string::npos);
        QVERIFY(runs.front().note.find("the budget of") != std::string::npos);
        const auto rates = store::series(workspace, runs.front().id, "learning_rate");
        QVERIFY(!rates.empty() && rates.size() < 2000);
        Seconds spent;
        for (const store::RunRow& run : runs)
            spent += run.seconds;
        QVERIFY2(spent.value < 3, toText(spent).c_str()); // where the machine is busy, a step takes its time
    }

    void a_budget_that_nothing_fits_into_is_refused_soon() {
        auto workspace = store::Workspace::create(path("little.greenfront"));
        study::Study study = testing::smallStudy();
        study::setParameter(study, "budget_joules=0.000001");
        const StudyId id = study::putStudy(workspace, study);
        QVERIFY_THROWS_EXCEPTION(Error, study::runStudy(workspace, id, control_, ignore));
        const auto runs = store::runsOf(workspace, id);
        QCOMPARE(runs.size(), 1U);
        QVERIFY(runs.front().error.find("within the budget of") != std::string::npos);
        QVERIFY(store::series(workspace, runs.front().id, "loss_epoch").empty());
    }

    void what_it_will_cost_is_said_with_its_interval() {
        auto workspace = store::Workspace::create(path("said.greenfront"));
        study::Study study = testing::smallStudy();
        study::runStudy(workspace, study::putStudy(workspace, study), control_, ignore);
        study::setParameter(study, "seed=2");
        std::string first;
        study::runStudy(workspace, study::putStudy(workspace, study), control_,
                        [&](const Progress& progress) {
                            if (first.empty())
                                first = progress.forecast;
                        });
        QVERIFY2(first.starts_with("expected to take ") && first.find(" to ") != std::string::npos,
                 first.c_str());
    }

    void a_search_without_gain_is_stopped_and_says_so() {
        auto workspace = store::Workspace::create(path("gain.greenfront"));
        study::Study study = testing::smallStudy();
        for (const char* assignment :
             {"epochs=1", "evaluations=30", "stop_gain=1e12", "devices=raspberry-pi-4"})
            study::setParameter(study, assignment);
        const StudyId id = study::putStudy(workspace, study);
        study::runStudy(workspace, id, control_, ignore);
        QVERIFY(study::isFinished(workspace, id));
        const auto runs = store::runsOf(workspace, id);
        QVERIFY2(runs.back().note.starts_with("stopped after 10 of 30 networks"), runs.back().note.c_str());
    }
};

QTEST_GUILESS_MAIN(TestPredictions)
#include "test_predictions.moc"
