// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/runtime.h"
#include "core/train/accuracy_predictor.h"
#include "tests/support/published_files.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestAccuracyPredictor : public QObject {
    Q_OBJECT

private:
    static arch::MbconvSpace makeSpace() {
        auto parameters = arch::mobileNetV3({3, 192, 192}, 1000, 1.2);
        parameters.resolutions = {160, 176, 192};
        return arch::MbconvSpace(parameters);
    }
    const arch::MbconvSpace space_ = makeSpace();

    /// The 128 inputs as the field has them: kernels of 20 blocks, expansions of 20 blocks, resolution.
    std::vector<float> inputsOf(const Genotype& genotype) const {
        std::vector<float> inputs(128, 0.0F);
        const auto chosen = [&](const std::string& name) {
            for (std::size_t i = 0; i < space_.genes().size(); ++i)
                if (space_.genes()[i].name == name)
                    return space_.genes()[i].values[static_cast<std::size_t>(genotype[i])];
            throw std::logic_error(name);
        };
        for (int stage = 0; stage < 5; ++stage) {
            const std::string name = "stage" + std::to_string(stage + 2);
            for (int block = 0; block < chosen(name + ".depth"); ++block) {
                const std::string b = name + ".block" + std::to_string(block + 1);
                const int kernel = chosen(b + ".kernel");
                const int expansion = chosen(b + ".expansion");
                const int place = (stage * 4 + block) * 3;
                inputs[static_cast<std::size_t>(place + (kernel - 3) / 2)] = 1;
                inputs[static_cast<std::size_t>(60 + place + (expansion == 6 ? 2 : expansion - 3))] = 1;
            }
        }
        inputs[static_cast<std::size_t>(120 + (chosen("resolution") - 112) / 16)] = 1;
        return inputs;
    }

    static double dense(const arch::Weights& weights, std::vector<float> inputs) {
        std::vector<double> values(inputs.begin(), inputs.end());
        for (int layer = 0; layer < 8; layer += 2) {
            const auto& weight = weights.at(std::to_string(layer) + ".weight").values;
            std::vector<double> next(weights.at(std::to_string(layer) + ".bias").values.begin(),
                                     weights.at(std::to_string(layer) + ".bias").values.end());
            for (std::size_t o = 0; o < next.size(); ++o) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    next[o] += static_cast<double>(weight[o * values.size() + i]) * values[i];
                if (layer < 6)
                    next[o] = std::max(next[o], 0.0);
            }
            values = next;
        }
        return values.front();
    }

private slots:
    void predicts_what_the_perceptron_gives_for_the_published_inputs() {
        const arch::Weights weights = testing::publishedPredictor(1);
        const train::AccuracyPredictor predictor(weights, train::publishedLayout(space_), space_, "made up");
        Rng rng(2);
        std::vector<Genotype> genotypes{space_.canonical(space_.smallest()), space_.largest()};
        for (int i = 0; i < 130; ++i)
            genotypes.push_back(space_.random(rng));
        const auto predictions = predictor.predict(genotypes);
        QCOMPARE(predictions.size(), genotypes.size());
        for (std::size_t i = 0; i < genotypes.size(); ++i)
            QVERIFY(std::abs(predictions[i] - dense(weights, inputsOf(genotypes[i]))) < 1e-4);
        QCOMPARE(predictor.macs(), 128.0 * 400 + 2 * 400.0 * 400 + 400);
    }

    void the_number_of_threads_does_not_change_a_prediction() {
        const train::AccuracyPredictor predictor(testing::publishedPredictor(1),
                                                 train::publishedLayout(space_), space_, "made up");
        Rng rng(3);
        std::vector<Genotype> genotypes;
        for (int i = 0; i < 300; ++i)
            genotypes.push_back(space_.random(rng));
        nn::setThreads(1);
        const auto alone = predictor.predict(genotypes);
        nn::setThreads(2);
        QVERIFY(predictor.predict(genotypes) == alone);
    }

    void weights_that_do_not_fit_are_named() {
        const auto refused = [&](const arch::Weights& weights, const char* because) {
            try {
                train::AccuracyPredictor(weights, train::publishedLayout(space_), space_, "made up");
            } catch (const Error& error) {
                return QString(error.what()).contains(because);
            }
            return false;
        };
        arch::Weights weights = testing::publishedPredictor(1);
        weights.erase("4.bias");
        QVERIFY(refused(weights, "4.bias"));
        weights = testing::publishedPredictor(1);
        weights["0.weight"].shape = {128, 400};
        QVERIFY(refused(weights, "'0.weight' is [128, 400] and not [400, 128]"));
        weights = testing::publishedPredictor(1);
        weights["6.bias"].shape = {};
        QVERIFY(refused(weights, "6.bias"));
    }

    void only_the_space_of_the_paper_has_the_published_inputs() {
        const arch::MbconvSpace small(arch::smallMbconv({1, 16, 16}, 10));
        QVERIFY_THROWS_EXCEPTION(Error, train::publishedLayout(small));
        auto parameters = space_.parameters();
        parameters.resolutions = {160, 192};
        QVERIFY_THROWS_EXCEPTION(Error, train::publishedLayout(arch::MbconvSpace(parameters)));
    }
};

QTEST_APPLESS_MAIN(TestAccuracyPredictor)
#include "test_accuracy_predictor.moc"
