// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/device/latency.h"

#include <QtTest>
#include <cmath>
#include <stdexcept>

using namespace greenfront;
using device::Latency;
using device::MeasureOptions;

namespace {

/// Something whose n-th run takes as long as it is told, on a clock of its own.
class MadeUpModel {
public:
    explicit MadeUpModel(std::function<double(int run)> milliseconds)
        : milliseconds_(std::move(milliseconds)) {}

    Latency measure(const MeasureOptions& options, Control& control) {
        return device::measureLatency([this] { now_ += milliseconds_(runs_++) / 1000; }, options, control,
                                      [this] { return Seconds(now_); });
    }
    Latency measure(const MeasureOptions& options = {}) {
        Control control;
        return measure(options, control);
    }
    int runs() const { return runs_; }

private:
    std::function<double(int run)> milliseconds_;
    int runs_ = 0;
    double now_ = 0;
};

bool near(Seconds time, double milliseconds) {
    return std::abs(time.value * 1000 - milliseconds) < 1e-9;
}

bool says(const Latency& latency, const char* text) {
    return latency.method.find(text) != std::string::npos;
}

} // namespace

class TestMeasure : public QObject {
    Q_OBJECT

private slots:
    void aSteadyModelNeedsTheFewestRepeats() {
        MadeUpModel model([](int) { return 4.0; });
        const Latency latency = model.measure({.threads = 2});
        QVERIFY(near(latency.median, 4) && near(latency.low, 4) && near(latency.high, 4));
        QCOMPARE(latency.repeats, 15);
        QCOMPARE(latency.threads, 2);
        QCOMPARE(latency.provenance, Provenance::Measured);
        QCOMPARE(QString::fromStdString(latency.method),
                 QString("median of 15 runs on 2 threads, 95 % interval within 2 % of it"));
    }

    void theWarmUpIsNotCounted() {
        MadeUpModel model([](int run) { return run < 4 ? 6.0 : 2.0; }); // 20 ms of warm-up are four slow runs
        const Latency latency = model.measure();
        QVERIFY(near(latency.median, 2) && near(latency.high, 2));
        QCOMPARE(model.runs(), 4 + 15);
    }

    void aSlowModelIsWarmedUpByOneRun() {
        MadeUpModel model([](int run) { return run == 0 ? 90.0 : 50.0; });
        QVERIFY(near(model.measure().high, 50));
        QCOMPARE(model.runs(), 1 + 15);
    }

    void anUnsteadyModelIsRepeatedUntilItIsKnown() {
        Rng rng(1);
        MadeUpModel model([&rng](int) { return rng.uniform(0.8, 1.2); });
        const Latency latency = model.measure({.limit = Seconds(100)});
        QVERIFY(latency.repeats > 100);
        QVERIFY(latency.high - latency.low <= 0.04 * latency.median);
        QVERIFY(latency.low < latency.median && latency.median < latency.high);
        QVERIFY(latency.low.value < 1e-3 && latency.high.value > 1e-3);
        QVERIFY(says(latency, "95 % interval within 2 % of it"));
    }

    void theLimitEndsWhatStaysUnknown() {
        MadeUpModel model([](int run) { return run % 2 == 0 ? 10.0 : 30.0; });
        const Latency latency = model.measure();
        QCOMPARE(latency.repeats, 50); // 20 ms on average within one second
        QVERIFY(near(latency.low, 10) && near(latency.high, 30));
        QVERIFY2(says(latency, "stopped by the time limit with a 95 % interval of 50.0 % about it"),
                 latency.method.c_str());
    }

    void tooFewRepeatsHaveNoInterval() {
        MadeUpModel model([](int run) { return 300.0 + run; });
        const Latency latency = model.measure();
        QCOMPARE(latency.repeats, 4);
        QVERIFY(near(latency.median, 302.5) && near(latency.low, 301) && near(latency.high, 304));
        QVERIFY(says(latency, "median of 4 runs on 1 thread, stopped by the time limit with too few runs"));
        const Metric metric = device::latencyMetric(latency);
        QVERIFY(!metric.low && !metric.high);
    }

    void fewerRepeatsThanAnIntervalNeedsAreNotAccepted() {
        MadeUpModel model([](int) { return 1.0; });
        QCOMPARE(model.measure({.minimumRepeats = 1}).repeats, 6);
        QCOMPARE(model.measure({.minimumRepeats = -5}).repeats, 6);
    }

    void whatTakesNoTimeEndsAsWell() {
        MadeUpModel model([](int) { return 0.0; });
        QCOMPARE(model.measure().repeats, 15);
        MadeUpModel erratic([](int run) { return run % 2 == 0 ? 0.0 : 1e-9; });
        QCOMPARE(erratic.measure().repeats, 100'000);
    }

    void cancellingStopsBeforeTheNextRun_data() {
        QTest::addColumn<int>("during");
        QTest::newRow("in the warm-up") << 1;
        QTest::newRow("in the repeats") << 12;
    }
    void cancellingStopsBeforeTheNextRun() {
        QFETCH(int, during);
        Control control;
        MadeUpModel model([&](int run) {
            if (run == during)
                control.requestCancel();
            return 4.0;
        });
        QVERIFY_EXCEPTION_THROWN(model.measure({}, control), Cancelled);
        QCOMPARE(model.runs(), during + 1);
    }

    void aFailureComesThrough() {
        MadeUpModel model([](int) -> double { throw std::runtime_error("no memory"); });
        QVERIFY_EXCEPTION_THROWN(model.measure(), std::runtime_error);
    }

    void theRealClockRuns() {
        Control control;
        double sum = 0;
        const auto infer = [&sum] {
            for (int i = 0; i < 20'000; ++i)
                sum += std::sqrt(i);
        };
        const Latency latency = device::measureLatency(infer, {.limit = Seconds(0.05)}, control);
        QVERIFY(latency.median.value > 0 && latency.median.value < 10);
        QVERIFY(latency.low <= latency.median && latency.median <= latency.high);
        QVERIFY(sum > 0);
    }

    void theMetricIsInMilliseconds() {
        MadeUpModel model([](int) { return 4.0; });
        const Metric metric = device::latencyMetric(model.measure());
        QCOMPARE(metric.name, std::string("latency_ms"));
        QCOMPARE(metric.unit, std::string("ms"));
        QCOMPARE(metric.value, 4.0);
        QCOMPARE(metric.direction, Direction::Minimise);
        QCOMPARE(metric.provenance, Provenance::Measured);
        QCOMPARE(metric.low.value(), 4.0);
        QCOMPARE(metric.high.value(), 4.0);
        QVERIFY(metric.method.starts_with("median of 15 runs"));
    }
};

QTEST_APPLESS_MAIN(TestMeasure)
#include "test_measure.moc"
