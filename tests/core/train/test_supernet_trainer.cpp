// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/supernet_trainer.h"

#include "core/base/error.h"
#include "core/data/open.h"
#include "core/nn/runtime.h"
#include "core/train/evaluate.h"

#include <QtTest>

using namespace greenfront;

class TestSupernetTrainer : public QObject {
    Q_OBJECT

private:
    const std::shared_ptr<const data::Dataset> data_ = data::open("builtin:samples=400,size=16,seed=1");
    const std::shared_ptr<const arch::SearchSpace> space_ = arch::makeSpace(
        arch::defaultSpace(data_->info().shape, static_cast<int>(data_->info().classes.size())));
    const Json parameters_{{"epochs", 3}, {"batch_size", 64}};
    Control control_;

    train::SupernetTrainer makeTrainer() const { return {*space_, *data_, parameters_, 7}; }
    void runEpochs(train::SupernetTrainer& trainer, int count) {
        for (int i = 0; i < count; ++i)
            trainer.runEpoch(control_, [](std::size_t, double) {});
    }

private slots:
    void initTestCase() { nn::setThreads(2); }

    void a_resumed_training_ends_where_an_uninterrupted_one_does() {
        auto whole = makeTrainer();
        runEpochs(whole, 3);
        std::string checkpoint;
        {
            auto first = makeTrainer();
            runEpochs(first, 1);
            checkpoint = first.checkpoint();
        }
        auto second = makeTrainer();
        second.restore(checkpoint);
        QCOMPARE(second.epoch(), 1);
        runEpochs(second, 2);
        QVERIFY(second.checkpoint() == whole.checkpoint());
    }

    /// The teacher, the phase and what the optimiser remembers come back with the weights.
    void progressive_shrinking_resumes_in_each_of_its_phases() {
        const Json parameters{{"epochs", 6},
                              {"batch_size", 64},
                              {"recipe", "progressive-shrinking"},
                              {"phases", "full:2:1:1, kernel:1:1:0.5, depth:1:2:0.2, expansion:2:2:0.2"},
                              {"optimiser", "adamw"},
                              {"learning_rate", 0.002},
                              {"gradient_clip", 1.0}};
        train::SupernetTrainer whole(*space_, *data_, parameters, 7);
        std::string checkpoint = whole.checkpoint();
        for (int epoch = 0; epoch < 6; ++epoch) {
            train::SupernetTrainer resumed(*space_, *data_, parameters, 7);
            resumed.restore(checkpoint);
            runEpochs(resumed, 1);
            runEpochs(whole, 1);
            checkpoint = whole.checkpoint();
            QVERIFY2(resumed.checkpoint() == checkpoint, qPrintable(QString::number(epoch)));
        }
    }

    void the_other_recipes_learn_too_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("alpha") << "distillation"
                               << "alpha-divergence";
        QTest::newRow("attentive") << "sampling"
                                   << "attentive";
        QTest::newRow("shrinking") << "recipe"
                                   << "progressive-shrinking";
    }
    void the_other_recipes_learn_too() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Json parameters = parameters_;
        parameters[key.toStdString()] = value.toStdString();
        train::SupernetTrainer trainer(*space_, *data_, parameters, 7);
        const double first = trainer.runEpoch(control_, [](std::size_t, double) {}).loss;
        const double second = trainer.runEpoch(control_, [](std::size_t, double) {}).loss;
        QVERIFY2(second < first, qPrintable(QString("%1 then %2").arg(first).arg(second)));
    }

    void the_number_of_threads_does_not_change_the_result() {
        auto two = makeTrainer();
        runEpochs(two, 1);
        nn::setThreads(1);
        auto one = makeTrainer();
        runEpochs(one, 1);
        nn::setThreads(2);
        QVERIFY(one.checkpoint() == two.checkpoint());
    }

    void the_loss_falls() {
        auto trainer = makeTrainer();
        const double first = trainer.runEpoch(control_, [](std::size_t, double) {}).loss;
        runEpochs(trainer, 1);
        const double last = trainer.runEpoch(control_, [](std::size_t, double) {}).loss;
        QVERIFY2(last < first, qPrintable(QString("%1 then %2").arg(first).arg(last)));
    }

    void every_step_is_reported_and_a_stop_is_heeded_between_steps() {
        auto trainer = makeTrainer();
        Control control;
        std::size_t seen = 0;
        const auto stopAfterTwo = [&](std::size_t step, double loss) {
            QVERIFY(std::isfinite(loss));
            seen = step;
            if (step == 2)
                control.requestCancel();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, trainer.runEpoch(control, stopAfterTwo));
        QCOMPARE(seen, 2U);
        QCOMPARE(trainer.epoch(), 0);
    }

    void a_checkpoint_of_another_space_is_refused() {
        auto trainer = makeTrainer();
        const auto other = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 3));
        const auto data = data::open("builtin:samples=400,size=16,seed=1");
        train::SupernetTrainer foreign(*other, *data, parameters_, 7);
        QVERIFY_THROWS_EXCEPTION(Error, trainer.restore(foreign.checkpoint()));
    }

    void the_interval_of_an_accuracy_is_wilsons() {
        // 9 of 10: (0.9 + z^2/20 -+ z sqrt(0.09/10 + z^2/400)) / (1 + z^2/10) with z = 1.959964
        const Metric metric = train::accuracyMetric({9, 10}, data::Part::Validation);
        QCOMPARE(metric.value, 90.0);
        QVERIFY(std::abs(*metric.low - 59.585) < 0.01);
        QVERIFY(std::abs(*metric.high - 98.212) < 0.01);
    }
};

QTEST_APPLESS_MAIN(TestSupernetTrainer)
#include "test_supernet_trainer.moc"
