// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "core/arch/transform.h"
#include "core/base/error.h"
#include "tests/support/reference_network.h"
#include "tests/support/sample_models.h"

#include <QtTest>
#include <algorithm>

using namespace greenfront;
using arch::Model;
using arch::Op;

namespace {

Model modelOf(const arch::Network& network, std::uint64_t seed) {
    Rng rng(seed);
    return {.network = network, .weights = testing::randomWeights(network, rng)};
}

long countOf(const Model& model, Op op) {
    return std::ranges::count(model.network.layers, op, &arch::Layer::op);
}

} // namespace

class TestTransform : public QObject {
    Q_OBJECT

private slots:
    void foldingKeepsTheFunction_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("normsLeft");
        QTest::newRow("residual") << "residual" << 0;
        QTest::newRow("grouped, biased, two in a row") << "odd sizes" << 0;
        QTest::newRow("not behind a convolution, or shared") << "shared convolution" << 2;
        QTest::newRow("behind linear layers") << "row of numbers" << 0;
        QTest::newRow("none") << "fully convolutional" << 0;
    }
    void foldingKeepsTheFunction() {
        QFETCH(QString, name);
        QFETCH(int, normsLeft);
        const Model model = modelOf(testing::sampleNetwork(name.toStdString()), 1);
        const Model folded = arch::foldBatchNorm(model);
        QCOMPARE(countOf(folded, Op::BatchNorm), normsLeft);
        arch::validate(folded);
        Rng rng(2);
        const auto sample = testing::randomValues(model.network.input().size(), -2, 2, rng);
        const auto before = testing::referenceLogits(model, sample);
        QVERIFY(testing::largestDifference(before, std::vector<double>(before.size())) > 0.01);
        QVERIFY(testing::largestDifference(before, testing::referenceLogits(folded, sample)) < 1e-5);
    }

    void foldingLeavesNoUnusedWeights() {
        const Model folded = arch::foldBatchNorm(modelOf(testing::sampleNetwork("residual"), 1));
        std::size_t needed = 0;
        for (std::size_t i = 0; i < folded.network.layers.size(); ++i)
            needed += arch::weightShapes(folded.network, i).size();
        QCOMPARE(folded.weights.size(), needed);
    }

    void foldsANetworkOfTheElasticSpace() {
        const auto space = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 10));
        const Model model = modelOf(space->decode(space->smallest()), 3);
        const Model folded = arch::foldBatchNorm(model);
        QVERIFY(countOf(model, Op::BatchNorm) > 0);
        QCOMPARE(countOf(folded, Op::BatchNorm), 0);
        Rng rng(4);
        const auto sample = testing::randomValues(256, -1, 1, rng);
        QVERIFY(testing::largestDifference(testing::referenceLogits(model, sample),
                                           testing::referenceLogits(folded, sample)) < 1e-5);
    }

    void foldsByTheFormula() {
        arch::Network network{.name = "one pixel", .layers = {}};
        network.layers.push_back({.name = "input", .op = Op::Input, .inputs = {}, .output = {1, 1, 1}});
        network.layers.push_back({.name = "conv", .op = Op::Conv, .inputs = {0}, .output = {1, 1, 1}});
        network.layers.push_back({.name = "norm", .op = Op::BatchNorm, .inputs = {1}, .output = {1, 1, 1}});
        const auto one = [](float value) { return arch::Tensor{.shape = {1}, .values = {value}}; };
        const Model model{.network = network,
                          .weights = {{"conv.weight", {.shape = {1, 1, 1, 1}, .values = {3}}},
                                      {"norm.weight", one(2)},
                                      {"norm.bias", one(0.25F)},
                                      {"norm.running_mean", one(5)},
                                      {"norm.running_var", one(4)}}};
        const Model folded = arch::foldBatchNorm(model);
        const double scale = 2 / std::sqrt(4 + 1e-5);
        QCOMPARE(folded.network.layers.size(), std::size_t(2));
        QCOMPARE(folded.weights.size(), std::size_t(2));
        QCOMPARE(folded.weights.at("conv.weight").values.front(), static_cast<float>(3 * scale));
        QCOMPARE(folded.weights.at("conv.bias").values.front(), static_cast<float>(-5 * scale + 0.25));
    }

    void normalisationTakesValuesInTheFilesUnits() {
        const Model model = modelOf(testing::sampleNetwork("odd sizes"), 5);
        const std::vector<float> mean{10, 20, 30};
        const std::vector<float> deviation{2, 4, 8};
        const Model raw = arch::withNormalisation(model, mean, deviation);
        arch::validate(raw);
        QCOMPARE(raw.network.layers[1].op, Op::Normalise);
        QCOMPARE(raw.network.layers.size(), model.network.layers.size() + 1);
        Rng rng(6);
        auto sample = testing::randomValues(model.network.input().size(), 0, 255, rng);
        const auto logits = testing::referenceLogits(raw, sample);
        for (std::size_t i = 0; i < sample.size(); ++i) {
            const std::size_t channel = i / (11 * 7);
            sample[i] = (sample[i] - mean[channel]) / deviation[channel];
        }
        QVERIFY(testing::largestDifference(logits, testing::referenceLogits(model, sample)) < 1e-5);
    }

    void refusesANormalisationThatDoesNotFit() {
        const Model model = modelOf(testing::sampleNetwork("odd sizes"), 5);
        const std::vector<float> two{1, 1};
        const std::vector<float> three{1, 1, 1};
        const std::vector<float> zero{1, 0, 1};
        const std::vector<float> infinite{1, std::numeric_limits<float>::infinity(), 1};
        QVERIFY_THROWS_EXCEPTION(Error, arch::withNormalisation(model, two, two));
        QVERIFY_THROWS_EXCEPTION(Error, arch::withNormalisation(model, three, zero));
        QVERIFY_THROWS_EXCEPTION(Error, arch::withNormalisation(model, infinite, three));
        const Model once = arch::withNormalisation(model, three, three);
        QVERIFY_THROWS_EXCEPTION(Error, arch::withNormalisation(once, three, three));
    }

    void refusesAModelWhoseWeightsDoNotFit() {
        Model missing = modelOf(testing::sampleNetwork("residual"), 7);
        missing.weights.erase("block.project.weight");
        QVERIFY_THROWS_EXCEPTION(Error, arch::foldBatchNorm(missing));
        Model reshaped = modelOf(testing::sampleNetwork("residual"), 7);
        reshaped.weights.at("block.project.norm.bias").values.pop_back();
        QVERIFY_THROWS_EXCEPTION(Error, arch::foldBatchNorm(reshaped));
        Model transposed = modelOf(testing::sampleNetwork("residual"), 7);
        transposed.weights.at("block.expand.weight").shape = {8, 24, 1, 1};
        QVERIFY_THROWS_EXCEPTION(Error, arch::validate(transposed));
    }
};

QTEST_APPLESS_MAIN(TestTransform)
#include "test_transform.moc"
