// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/runtime.h"
#include "core/nn/supernet.h"
#include "core/nn/training_pass.h"
#include "core/train/draw.h"
#include "core/train/elastic_step.h"
#include "core/train/loss.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestElasticStep : public QObject {
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

    static std::vector<arch::Network> drawNetworks(const arch::SearchSpace& space, int random,
                                                   std::uint64_t seed) {
        Rng rng(seed);
        std::vector<Genotype> genotypes = train::drawSandwich(space, random, rng);
        train::drawResolution(space, genotypes, rng);
        return train::decodeAll(space, genotypes);
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void gradients_equal_those_of_libtorch_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("width");
        QTest::newRow("grey") << "mbconv-small" << 32 << 1 << 16 << 16;
        QTest::newRow("colour, not square") << "mbconv-small" << 32 << 3 << 20 << 14;
        QTest::newRow("stem of stride 2") << "mbconv-small" << 32 << 3 << 40 << 40;
        QTest::newRow("squeeze and excite") << "mobilenet-v3" << 16 << 3 << 24 << 20;
        QTest::newRow("bottlenecks") << "resnet" << 32 << 3 << 16 << 20;
        QTest::newRow("hidden layers") << "mlp" << 64 << 13 << 1 << 1;
        QTest::newRow("several resolutions") << "mbconv-small" << 16 << 3 << 24 << 24;
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
        const auto networks = drawNetworks(*space, 3, 5);

        train::ElasticStep elastic(largest.input(), supernet.weights(), {});
        elastic.run(batch, {networks});
        train::ElasticStep reference(largest.input(), supernet.weights(), {.compute = nn::plainCompute});
        reference.run(batch, {networks});
        const nn::Gradients& expected = reference.gradients();
        std::size_t compared = 0;
        for (const auto& [name, tensor] : supernet.weights()) {
            const auto own = elastic.gradients().used(name);
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
        train::ElasticStep once(largest.input(), supernet.weights(), {});
        train::ElasticStep twice(largest.input(), supernet.weights(), {});
        twice.run(randomBatch(largest, 96), {drawNetworks(*space, 2, 1)});
        const train::StepPlan plan{drawNetworks(*space, 2, 2)};
        QCOMPARE(twice.run(batch, plan), once.run(batch, plan));
        for (const auto& [name, tensor] : supernet.weights()) {
            const auto a = once.gradients().used(name);
            const auto b = twice.gradients().used(name);
            QVERIFY2(std::ranges::equal(a, b), name.c_str());
        }
    }

    /// A frozen teacher with the student's own weights says what the student says, so its gradient is none.
    void a_frozen_teacher_teaches_beside_the_labels() {
        const auto space = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 4));
        const arch::Network largest = space->decode(space->largest());
        const nn::Supernet supernet(largest, 2);
        const nn::Supernet other(largest, 3);
        const auto batch = randomBatch(largest, 32);
        const auto gradient = [&](const train::StepPlan& plan, const arch::Weights& teacher) {
            train::ElasticStep step(largest.input(), supernet.weights(), {});
            step.setTeacher(teacher);
            step.run(batch, plan);
            const auto values = step.gradients().used("classifier.weight");
            return std::vector<float>(values.begin(), values.end());
        };
        const auto labels = gradient({{largest}}, {});
        const auto itself = gradient({{largest}, largest}, supernet.weights());
        QCOMPARE(labels.size(), itself.size());
        for (std::size_t i = 0; i < labels.size(); ++i)
            QVERIFY(std::abs(labels[i] - itself[i]) < 1e-6F);
        QVERIFY(gradient({{largest}, largest}, other.weights()) != labels);
    }

    void a_device_that_is_not_here_is_refused() {
        for (const char* compute : {"cuda:63", "abacus", ""})
            QVERIFY_THROWS_EXCEPTION(Error, nn::checkCompute(compute));
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

    /// Against differences of the divergence itself, as the paper defines it.
    void the_alpha_divergence_has_the_gradient_of_the_larger_one_data() {
        QTest::addColumn<std::vector<float>>("teacher");
        QTest::newRow("the student misses a class: alpha 1") << std::vector<float>{0.4F, 0.2F, 0.4F};
        QTest::newRow("the student is too sure: alpha -1") << std::vector<float>{0.3F, 0.36F, 0.34F};
    }
    void the_alpha_divergence_has_the_gradient_of_the_larger_one() {
        QFETCH(std::vector<float>, teacher);
        std::vector<float> logits{0.8F, 0.1F, -0.3F};
        const auto divergence = [&](const std::vector<float>& at) {
            const auto student = train::softmax(at, 3);
            double forward = 0, backward = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                const double p = teacher[i], q = student[i];
                forward += p * std::log(p / q);
                backward += q * (q / p - 1) / 2;
            }
            return std::max(forward, backward);
        };
        const auto gradient = train::alphaDivergenceGradient(logits, teacher, 3, 2.0);
        constexpr float step = 1e-2F;
        for (std::size_t i = 0; i < 3; ++i) {
            auto more = logits, less = logits;
            more[i] += step;
            less[i] -= step;
            const double slope = 2.0 * (divergence(more) - divergence(less)) / (2.0 * step);
            QVERIFY2(std::abs(gradient[i] - slope) < 1e-3,
                     qPrintable(QString("%1 %2").arg(gradient[i]).arg(slope)));
        }
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

QTEST_APPLESS_MAIN(TestElasticStep)
#include "test_elastic_step.moc"
