// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/power_meter.h"

#include "made_up_clock.h"

#include <QTest>
#include <limits>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

struct Source {
    MadeUpClock clock;
    std::shared_ptr<std::optional<Watts>> power = std::make_shared<std::optional<Watts>>(Watts(10));
    PowerMeter meter{Description{}, [shown = power] { return *shown; }, clock.watch()};
};

} // namespace

/// A power that is sampled becomes joules.
class TestPowerMeter : public QObject {
    Q_OBJECT
private slots:
    void joulesAreTheAreaUnderTheSamples() {
        Source source;
        source.clock.pass(2);
        QCOMPARE(source.meter.read()->value, 20.0);
        source.clock.pass(4);
        *source.power = Watts(30); // from 10 W to 30 W within four seconds
        QCOMPARE(source.meter.read()->value, 100.0);
        QCOMPARE(source.meter.read()->value, 100.0);
        QCOMPARE(source.meter.lost().value, 0.0);
    }

    void aFailedSampleIsAGapFromTheOneBeforeToTheOneAfter() {
        Source source;
        source.clock.pass(1);
        QCOMPARE(source.meter.read()->value, 10.0);
        source.clock.pass(1);
        *source.power = std::nullopt;
        QVERIFY(!source.meter.read());
        QCOMPARE(source.meter.lost().value, 1.0);
        source.clock.pass(5);
        *source.power = Watts(20);
        QCOMPARE(source.meter.read()->value, 10.0); // neither zero nor a line drawn across
        QCOMPARE(source.meter.lost().value, 6.0);
        source.clock.pass(1);
        QCOMPARE(source.meter.read()->value, 30.0);
        QCOMPARE(source.meter.lost().value, 6.0);
    }

    void whatNoDeviceDrawsIsNoSample() {
        Source source;
        for (const double watts :
             {-1.0, 1e6, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
            *source.power = Watts(watts);
            source.clock.pass(1);
            QVERIFY(!source.meter.read());
        }
        QCOMPARE(source.meter.lost().value, 4.0);
    }
};

QTEST_APPLESS_MAIN(TestPowerMeter)
#include "test_power_meter.moc"
