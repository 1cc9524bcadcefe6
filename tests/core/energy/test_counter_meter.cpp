// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/counter_meter.h"

#include "core/base/random.h"
#include "core/energy/system_meters.h"
#include "made_up_clock.h"

#include <QTest>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

constexpr std::uint64_t range = 65'532'610'987; // 2^32 counts of 15.26 uJ, as many processors have it

struct Counter {
    MadeUpClock clock;
    std::shared_ptr<std::optional<std::uint64_t>> shown;
    std::unique_ptr<CounterMeter> meter;

    Counter(std::uint64_t first, CounterScale scale)
        : shown(std::make_shared<std::optional<std::uint64_t>>(first)),
          meter(std::make_unique<CounterMeter>(
              Description{}, scale, [value = shown] { return *value; }, first, clock.watch())) {}
};

} // namespace

/// A number that counts up, wraps, is reset, and cannot always be read.
class TestCounterMeter : public QObject {
    Q_OBJECT
private slots:
    void unitsAreThoseOfTheScale_data() {
        QTest::addColumn<double>("joulesPerCount");
        QTest::addColumn<quint64>("count");
        QTest::addColumn<double>("joules");
        QTest::newRow("microjoules") << 1e-6 << quint64{3'500'000} << 3.5;
        QTest::newRow("millijoules") << 1e-3 << quint64{3'500} << 3.5;
        QTest::newRow("joules") << 1.0 << quint64{3} << 3.0;
        QTest::newRow("a watt-hour in picowatt-hours")
            << joulesPerPicowattHour << quint64{1'000'000'000'000} << 3600.0;
    }
    void unitsAreThoseOfTheScale() {
        QFETCH(double, joulesPerCount);
        QFETCH(quint64, count);
        QFETCH(double, joules);
        const Counter counter(7, {joulesPerCount});
        *counter.shown = 7 + count;
        counter.clock.pass(10);
        QCOMPARE(counter.meter->read()->value, joules);
        QCOMPARE(counter.meter->lost().value, 0.0);
    }

    void itMustBeReadBeforeHalfItsRangePasses() {
        QCOMPARE(deadlineOf({1e-6, 40'000'000, Watts(1000)}).value, 0.02);
        QCOMPARE(deadlineOf({1e-6, range, Watts(1000)}).value, 65'532.610987 / 2 / 1000);
        QCOMPARE(deadlineOf({}).value, 60.0); // an endless one too: a minute of work is enough to lose
        const Counter counter(0, {1e-6, range, Watts(1000)});
        QVERIFY(counter.meter->deadline() < Seconds(33));
    }

    void anyCourseWithOneWrapBetweenReadsIsCountedExactly() {
        Rng rng(1);
        for (int course = 0; course < 50; ++course) {
            const auto first = static_cast<std::uint64_t>(rng.uniform(0, static_cast<double>(range)));
            const Counter counter(first, {1e-6, range, Watts(1000)});
            std::uint64_t total = 0;
            for (int i = 0; i < 100; ++i) {
                total += static_cast<std::uint64_t>(rng.uniform(0, 0.49 * static_cast<double>(range)));
                *counter.shown = (first + total) % range;
                counter.clock.pass(20);
                QCOMPARE(counter.meter->read()->value, static_cast<double>(total) * 1e-6);
            }
        }
    }

    void aFailedReadLosesNothing() {
        const Counter counter(0, {1e-6, range, Watts(1000)});
        counter.clock.pass(10);
        *counter.shown = std::nullopt;
        QVERIFY(!counter.meter->read());
        counter.clock.pass(10);
        *counter.shown = range + 1; // more than it can show: no read either
        QVERIFY(!counter.meter->read());
        counter.clock.pass(10);
        *counter.shown = 9'000'000;
        QCOMPARE(counter.meter->read()->value, 9.0);
        QCOMPARE(counter.meter->lost().value, 0.0);
    }

    void aResetLosesTheTimeSinceTheLastRead() {
        const Counter counter(8'000'000, {1e-6, range, Watts(1000)});
        counter.clock.pass(3);
        *counter.shown = 9'000'000;
        QCOMPARE(counter.meter->read()->value, 1.0);
        counter.clock.pass(4);
        *counter.shown = 2'000'000;
        QVERIFY(!counter.meter->read());
        QCOMPARE(counter.meter->lost().value, 4.0);
        counter.clock.pass(1);
        *counter.shown = 2'500'000;
        QCOMPARE(counter.meter->read()->value, 3.5); // 1 + the 2 since the reset + 0.5
        QCOMPARE(counter.meter->lost().value, 4.0);
    }

    void whatStoodUnreadForLongerThanAWrapIsNotGuessed() {
        const Counter counter(0, {1e-6, range, Watts(1000)});
        counter.clock.pass(66); // 66 kJ may have passed, and the counter shows what is left of them
        *counter.shown = 400'000'000;
        QVERIFY(!counter.meter->read());
        QCOMPARE(counter.meter->lost().value, 66.0);
        counter.clock.pass(1);
        *counter.shown = 401'000'000;
        QCOMPARE(counter.meter->read()->value, 1.0);
    }

    void anEndlessCounterThatGoesBackWasReset() {
        const Counter counter(5'000'000'000'000, {});
        *counter.shown = 1'000'000;
        counter.clock.pass(2);
        QVERIFY(!counter.meter->read());
        QCOMPARE(counter.meter->lost().value, 2.0);
    }
};

QTEST_APPLESS_MAIN(TestCounterMeter)
#include "test_counter_meter.moc"
