// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/optimiser.h"

#include "core/base/error.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;

class TestOptimiser : public QObject {
    Q_OBJECT

private:
    arch::Weights weights_;

    nn::Gradients gradientsOf(float weight0, float weight1, float bias) const {
        nn::Gradients gradients(weights_);
        float* weight = gradients.of("layer.weight");
        weight[0] = weight0;
        weight[1] = weight1;
        gradients.of("layer.bias")[0] = bias;
        return gradients;
    }
    static void near(double value, double expected) {
        QVERIFY2(std::abs(value - expected) < 1e-6,
                 qPrintable(QString("%1 for %2").arg(value).arg(expected)));
    }

private slots:
    void init() { weights_ = {{"layer.weight", {{1, 2}, {1.0F, -2.0F}}}, {"layer.bias", {{1}, {0.5F}}}}; }

    void sgd_looks_ahead_along_its_momentum() {
        const auto sgd = train::makeSgd(weights_, {.momentum = 0.9, .weightDecay = 0.1});
        sgd->step(weights_, gradientsOf(1, 0, 2), 0.01);
        // The gradient with decay is 1.1, -0.2; the step is rate * 1.9 of it. A bias does not decay.
        near(weights_.at("layer.weight").values[0], 1 - 0.01 * 1.9 * 1.1);
        near(weights_.at("layer.weight").values[1], -2 + 0.01 * 1.9 * 0.2);
        near(weights_.at("layer.bias").values[0], 0.5 - 0.01 * 1.9 * 2);
    }

    /// By hand, from algorithm 2 of the paper, two steps.
    void adamw_decays_apart_from_the_gradient() {
        const auto adam = train::makeAdamW(weights_, {.weightDecay = 0.1});
        double mean = 0, square = 0, weight = 1;
        for (int step = 1; step <= 2; ++step) {
            const double gradient = step == 1 ? 0.5 : -0.25;
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.999 * square + 0.001 * gradient * gradient;
            const double corrected = mean / (1 - std::pow(0.9, step));
            const double deviation = std::sqrt(square / (1 - std::pow(0.999, step)));
            weight -= 0.01 * (corrected / (deviation + 1e-8) + 0.1 * weight);
            adam->step(weights_, gradientsOf(static_cast<float>(gradient), 0, 0), 0.01);
            near(weights_.at("layer.weight").values[0], weight);
        }
        near(weights_.at("layer.bias").values[0], 0.5);
    }

    void what_was_not_used_is_left_alone() {
        nn::Gradients gradients(weights_);
        gradients.of("layer.bias")[0] = 1;
        const arch::Weights before = weights_;
        train::makeAdamW(weights_, {})->step(weights_, gradients, 0.1);
        QCOMPARE(weights_.at("layer.weight").values, before.at("layer.weight").values);
        QVERIFY(weights_.at("layer.bias").values != before.at("layer.bias").values);
    }

    void gradients_are_clipped_by_their_common_norm() {
        nn::Gradients gradients = gradientsOf(2, 1, 2);
        QCOMPARE(train::clipNorm(gradients, 10), 3.0);
        QCOMPARE(gradients.used("layer.bias")[0], 2.0F);
        QCOMPARE(train::clipNorm(gradients, 1.5), 3.0);
        QCOMPARE(gradients.used("layer.weight")[0], 1.0F);
        QCOMPARE(gradients.used("layer.bias")[0], 1.0F);
    }

    void memory_is_restored_and_another_ones_refused() {
        const auto one = train::makeAdamW(weights_, {});
        arch::Weights weights = weights_;
        one->step(weights, gradientsOf(1, 2, 3), 0.1);
        const auto other = train::makeAdamW(weights_, {});
        other->setMemory(one->memory());
        arch::Weights same = weights;
        one->step(weights, gradientsOf(1, 0, 0), 0.1);
        other->step(same, gradientsOf(1, 0, 0), 0.1);
        QCOMPARE(same.at("layer.weight").values, weights.at("layer.weight").values);
        QVERIFY_THROWS_EXCEPTION(Error, other->setMemory(train::makeSgd(weights_, {})->memory()));
    }
};

QTEST_APPLESS_MAIN(TestOptimiser)
#include "test_optimiser.moc"
