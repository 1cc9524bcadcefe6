// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/parsec_search.h"

#include "core/base/error.h"
#include "core/data/open.h"
#include "core/nn/runtime.h"
#include "core/store/runs.h"
#include "core/study/parsec_training.h"
#include "core/study/weightless_parsec.h"
#include "small_study.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::study;

class TestParsecSearch : public QObject {
    Q_OBJECT

private:
    const Study study_ = testing::smallStudy();
    const std::shared_ptr<const data::Dataset> data_ = data::open(study_.data);
    const std::shared_ptr<const arch::SearchSpace> space_ = arch::makeSpace(study_.space);
    const Architectures networks_{space_, medianMacs(*space_)};
    const Json parameters_{{"epochs", 4}, {"batch_size", 32}};
    Control control_;
    QTemporaryDir folder_;

    static void ignore(const Progress&) {}
    std::vector<ParsecStep> runEpochs(ParsecTraining& training, int count) {
        std::vector<ParsecStep> steps;
        for (int i = 0; i < count; ++i)
            training.runEpoch(control_, [&](const ParsecStep& step) { steps.push_back(step); });
        return steps;
    }
    store::Workspace emptyWorkspace(const char* name) const {
        return store::Workspace::create(std::filesystem::path(folder_.path().toStdString()) / name);
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void halfOfTheNetworksAreWithinTheMedian() {
        Rng rng(9);
        int within = 0;
        for (int i = 0; i < 200; ++i)
            within += networks_.macsOf(space_->random(rng)) <= networks_.most();
        QVERIFY2(within > 65 && within < 135, qPrintable(QString::number(within))); // 5 deviations
        for (int i = 0; i < 50; ++i)
            QVERIFY(networks_.macsOf(networks_.draw(networks_.even(), rng)) <= networks_.most());
        const Architectures none(space_, 1);
        QVERIFY_THROWS_EXCEPTION(Error, none.draw(none.even(), rng));
    }

    void whatADepthLeavesOutIsIdle() {
        const auto idle = space_->idle(space_->smallest());
        const auto choices = networks_.choicesOf(space_->smallest());
        QVERIFY(std::ranges::count(choices, search::idleChoice) > 0);
        for (std::size_t gene = 0; gene < idle.size(); ++gene)
            QCOMPARE(choices[gene] == search::idleChoice, bool(idle[gene]));
    }

    void theMostProbableNetworkIsWithinTheLimit() {
        search::Categoricals distribution = networks_.even();
        distribution.move(std::vector<search::WeightedChoices>{{space_->smallest(), 1}}, 0.9);
        QCOMPARE(networks_.mostProbable(distribution), space_->smallest());
        search::Categoricals large = networks_.even();
        large.move(std::vector<search::WeightedChoices>{{space_->largest(), 1}}, 0.3);
        QVERIFY(networks_.macsOf(space_->largest()) > networks_.most());
        QVERIFY(networks_.macsOf(networks_.mostProbable(large)) <= networks_.most());
    }

    void weightsAreTrainedAloneFirst() {
        ParsecTraining training(networks_, *data_, parameters_, 3);
        const auto first = runEpochs(training, 1);
        QCOMPARE(first.size(), training.stepsAnEpoch());
        for (const ParsecStep& step : first) {
            QCOMPARE(step.draws, std::size_t(1));
            QCOMPARE(step.uncertainty, 1.0);
        }
        double before = 1;
        std::size_t drawn = first.size();
        for (const ParsecStep& step : runEpochs(training, 3)) {
            QCOMPARE(step.draws, static_cast<std::size_t>(std::ceil(8 * before)));
            drawn += step.draws;
            QVERIFY(step.uncertainty < 1 && std::isfinite(step.loss));
            before = step.uncertainty;
        }
        QCOMPARE(training.distribution().uncertainty(), before);
        QCOMPARE(training.drawn(), drawn);
    }

    void aResumedTrainingEndsWhereAnUninterruptedOneDoes() {
        ParsecTraining whole(networks_, *data_, parameters_, 7);
        runEpochs(whole, 2);
        ParsecTraining resumed(networks_, *data_, parameters_, 7);
        resumed.restore(whole.checkpoint());
        QCOMPARE(resumed.epoch(), 2);
        runEpochs(whole, 1);
        runEpochs(resumed, 1);
        QVERIFY(resumed.checkpoint() == whole.checkpoint());
    }

    void withoutWeightsTheSameIsLearntEachTime() {
        std::vector<WeightlessGeneration> generations;
        const auto learn = [&] {
            return learnWeightless(networks_, *data_, 3, 40, control_,
                                   [&](const WeightlessGeneration& each) { generations.push_back(each); });
        };
        const WeightlessResult result = learn();
        QCOMPARE(generations.front().drawn, std::size_t(32));
        QVERIFY(generations.size() >= 2 && result.last.scored >= 40);
        QVERIFY(result.last.scored <= result.last.drawn);
        QVERIFY(result.last.uncertainty < generations.front().uncertainty);
        QVERIFY(generations.front().uncertainty < 1);
        QCOMPARE(learn().distribution.entropy(), result.distribution.entropy());
    }

    void aStoppedSearchGoesOn() {
        auto stopped = emptyWorkspace("stopped.greenfront");
        auto whole = emptyWorkspace("whole.greenfront");
        const StudyId id = putStudy(stopped, study_);
        const ParsecFound expected =
            searchParsec(whole, putStudy(whole, study_), withWeights, networks_, control_, ignore);
        Control control;
        const auto stop = [&](const Progress& progress) {
            if (progress.message.starts_with("epoch 2"))
                control.requestCancel();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, searchParsec(stopped, id, withWeights, networks_, control, stop));
        QVERIFY(store::runsOf(stopped, id).front().state == store::RunState::Cancelled);
        const ParsecFound found = searchParsec(stopped, id, withWeights, networks_, control_, ignore);
        QCOMPARE(found.genotype, expected.genotype);
        QCOMPARE(found.uncertainty, expected.uncertainty);
        QCOMPARE(found.drawn, expected.drawn);
        QVERIFY(found.cost.joules.value > 0 && found.cost.seconds.value > 0);
        QCOMPARE(store::runsOf(stopped, id).size(), std::size_t(1));
        const ParsecFound again = searchParsec(stopped, id, withWeights, networks_, control_, ignore);
        QCOMPARE(again.cost.seconds.value, found.cost.seconds.value);
    }
};

QTEST_GUILESS_MAIN(TestParsecSearch)
#include "test_parsec_search.moc"
