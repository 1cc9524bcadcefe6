// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet.h"
#include "core/train/loss.h"
#include "core/train/plain_sandwich.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestSandwich : public QObject {
    Q_OBJECT

private:
    static train::Batches::Batch randomBatch(const arch::Network& network, int samples) {
        Rng rng(8);
        train::Batches::Batch batch;
        for (std::size_t i = 0; i < network.input().size() * static_cast<std::size_t>(samples); ++i)
            batch.images.push_back(static_cast<float>(rng.normal()));
        for (int i = 0; i < samples; ++i)
            batch.labels.push_back(i % network.classes());
        return batch;
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void gradients_equal_those_of_libtorch_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("grey") << "mbconv-small" << 64 << 1 << 16 << 16;
        QTest::newRow("colour, not square") << "mbconv-small" << 64 << 3 << 20 << 14;
        QTest::newRow("stem of stride 2") << "mbconv-small" << 64 << 3 << 40 << 40;
        QTest::newRow("squeeze and excite") << "mobilenet-v3" << 16 << 3 << 24 << 20;
        QTest::newRow("bottlenecks") << "resnet" << 32 << 3 << 16 << 20;
        QTest::newRow("hidden layers") << "mlp" << 64 << 13 << 1 << 1;
        QTest::newRow("several resolutions") << "mbconv-small" << 32 << 3 << 24 << 24;
    }

    /// LibTorch's operators and autograd are the independent implementation: every shared tensor, among them
    /// the matrices for smaller kernels, over networks of several sizes.
    void gradients_equal_those_of_libtorch() {
        QFETCH(QString, kind);
        QFETCH(int, samples);
        QFETCH(int, channels);
        QFETCH(int, height);
        QFETCH(int, width);
        Json description = arch::proposedSpace(kind.toStdString(), {channels, height, width}, 5);
        if (kind == "mbconv-small" || kind == "mobilenet-v3") {
            description["stages"][1]["kernels"] = {3, 5, 7};
            description["stages"][0]["expansions"] = {1, 3};
        }
        if (kind == "resnet") // less deep, because rounding grows with every batch norm of so few samples
            for (Json& stage : description["stages"])
                stage["depths"] = {1, 2};
        if (QString(QTest::currentDataTag()) == "several resolutions")
            description["resolutions"] = {16, 20, 24};
        const auto space = arch::makeSpace(description);
        const arch::Network largest = space->decode(space->largest());
        const nn::Supernet supernet(largest, 2);
        const auto batch = randomBatch(largest, samples);
        const train::SandwichOptions options{.randomNetworks = 4};

        train::Sandwich sandwich(*space, supernet.weights(), options);
        Rng rng(5), same(5);
        sandwich.step(batch, rng);
        const auto expected = train::plainSandwichGradients(*space, supernet.weights(), batch, options, same);
        std::size_t compared = 0;
        for (const auto& [name, tensor] : supernet.weights()) {
            const auto own = sandwich.gradients().used(name);
            const auto plain = expected.used(name);
            QCOMPARE(own.size(), plain.size());
            double squares = 0, difference = 0;
            for (std::size_t i = 0; i < own.size(); ++i) {
                squares += static_cast<double>(plain[i]) * plain[i];
                difference += std::pow(static_cast<double>(own[i]) - plain[i], 2);
            }
            QVERIFY2(std::sqrt(difference) <= 1e-2 * std::sqrt(squares) + 1e-6,
                     qPrintable(QString("%1: %2 of %3").arg(name.c_str()).arg(difference).arg(squares)));
            compared += own.size();
        }
        QVERIFY(compared > 10'000);
    }

    void a_second_step_does_not_remember_the_first() {
        const auto space = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 4));
        const arch::Network largest = space->decode(space->largest());
        const nn::Supernet supernet(largest, 2);
        const auto batch = randomBatch(largest, 32);
        train::Sandwich once(*space, supernet.weights(), {});
        train::Sandwich twice(*space, supernet.weights(), {});
        Rng first(1), second(2), alone(2);
        twice.step(randomBatch(largest, 96), first);
        QCOMPARE(twice.step(batch, second), once.step(batch, alone));
        for (const auto& [name, tensor] : supernet.weights()) {
            const auto a = once.gradients().used(name);
            const auto b = twice.gradients().used(name);
            QVERIFY2(std::ranges::equal(a, b), name.c_str());
        }
    }

    void a_network_that_cannot_be_trained_is_refused() {
        const auto space = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 4));
        arch::Network network = space->decode(space->smallest());
        const nn::Supernet supernet(network, 2);
        const std::vector<float> image(network.input().size());
        network.layers[2].op = arch::Op::Relu; // the stem's batch norm
        nn::TrainingPass pass(supernet.weights());
        QVERIFY_THROWS_EXCEPTION(Error, pass.forward(network, image));
    }

    void the_loss_is_cross_entropy() {
        const std::vector<float> logits{0, std::log(3.0F), 1000, 1000};
        const std::vector<int> labels{1, 0};
        QVERIFY(std::abs(train::crossEntropy(logits, labels) - (std::log(4.0 / 3) + std::log(2.0))) < 1e-6);
        const auto targets = train::smoothedTargets(labels, 2, 0.1);
        const std::vector<float> expected{0.5F * (0.25F - 0.05F), 0.5F * (0.75F - 0.95F),
                                          0.5F * (0.5F - 0.95F), 0.5F * (0.5F - 0.05F)};
        const auto gradient = train::crossEntropyGradient(logits, targets, 2, 0.5);
        for (std::size_t i = 0; i < expected.size(); ++i)
            QVERIFY(std::abs(gradient[i] - expected[i]) < 1e-6);
    }
};

QTEST_APPLESS_MAIN(TestSandwich)
#include "test_sandwich.moc"
