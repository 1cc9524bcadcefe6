// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/predictor_ensemble.h"

#include "core/base/error.h"
#include "core/nn/runtime.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestPredictorEnsemble : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const arch::SearchSpace> space_ = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 4));

    /// Larger is better, with diminishing returns: what supernets show.
    double truth(const Genotype& genotype) const {
        return 60 + 8 * std::log10(arch::networkCosts(space_->decode(genotype)).macs / 1e5);
    }
    std::vector<train::JudgedNetwork> networks(int count, std::uint64_t seed) const {
        Rng rng(seed);
        std::vector<train::JudgedNetwork> networks;
        for (int i = 0; i < count; ++i) {
            const Genotype genotype = space_->random(rng);
            networks.push_back({genotype, truth(genotype)});
        }
        return networks;
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void predicts_networks_that_it_has_not_seen() {
        const auto fitted = train::fitPredictor(*space_, networks(120, 1), 1);
        const train::PredictorEnsemble ensemble(fitted.weights, *space_, "predictor");
        const auto others = networks(200, 2);
        std::vector<Genotype> genotypes;
        double deviation = 0, squares = 0, mean = 0;
        for (const auto& other : others) {
            genotypes.push_back(other.genotype);
            mean += other.accuracy / 200;
        }
        const auto predictions = ensemble.predict(genotypes);
        for (std::size_t i = 0; i < others.size(); ++i) {
            squares += std::pow(predictions[i].accuracy - others[i].accuracy, 2) / 200;
            deviation += std::pow(others[i].accuracy - mean, 2) / 200;
        }
        QVERIFY2(std::sqrt(squares) < 0.4 * std::sqrt(deviation),
                 qPrintable(QString("%1 of %2").arg(std::sqrt(squares)).arg(std::sqrt(deviation))));
        // What it says of itself is about what it does.
        QVERIFY2(std::abs(fitted.quality.rmse / std::sqrt(squares) - 1) < 0.6,
                 qPrintable(QString("%1 for %2").arg(fitted.quality.rmse).arg(std::sqrt(squares))));
        QVERIFY(fitted.quality.rankCorrelation > 0.85);
        QVERIFY(fitted.quality.interval > fitted.quality.rmse);
    }

    void more_networks_teach_more() {
        QVERIFY(train::fitPredictor(*space_, networks(120, 1), 1).quality.rmse <
                train::fitPredictor(*space_, networks(20, 1), 1).quality.rmse);
    }

    void the_same_networks_and_seed_give_the_same_predictor() {
        const auto judged = networks(40, 1);
        const auto one = train::fitPredictor(*space_, judged, 3);
        nn::setThreads(1);
        const auto other = train::fitPredictor(*space_, judged, 3);
        nn::setThreads(2);
        QVERIFY(arch::encodeSafetensors(one.weights) == arch::encodeSafetensors(other.weights));
    }

    void too_few_networks_and_another_space_are_refused() {
        QVERIFY_THROWS_EXCEPTION(Error, train::fitPredictor(*space_, networks(9, 1), 1));
        const auto fitted = train::fitPredictor(*space_, networks(20, 1), 1);
        const auto other = arch::makeSpace(arch::proposedSpace("mobilenet-v3", {3, 32, 32}, 4));
        QVERIFY_THROWS_EXCEPTION(Error, train::PredictorEnsemble(fitted.weights, *other, "predictor"));
        QVERIFY_THROWS_EXCEPTION(Error, train::PredictorEnsemble({}, *space_, "predictor"));
    }
};

QTEST_APPLESS_MAIN(TestPredictorEnsemble)
#include "test_predictor_ensemble.moc"
