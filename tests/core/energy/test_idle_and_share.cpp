// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/energy/attribution.h"
#include "core/energy/idle.h"

#include <QTest>
#include <algorithm>
#include <thread>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

Reading readingOf(const std::string& source, double seconds, double joules, double uncertainty = 0.1) {
    Reading reading;
    reading.source = source;
    reading.seconds = Seconds(seconds);
    reading.joules = Joules(joules);
    reading.low = reading.joules * (1 - uncertainty);
    reading.high = reading.joules * (1 + uncertainty);
    return reading;
}

MachineLoad loadOf(double busy) {
    return {Seconds(busy), 4};
}

class Steady final : public DescribedMeter {
public:
    Steady() : DescribedMeter(describe()) {}
    std::optional<Joules> read() override { return Watts(1000) * (steadySeconds() - start_); }

private:
    static Description describe() {
        Description description;
        description.source = "steady";
        return description;
    }
    Seconds start_ = steadySeconds();
};

} // namespace

/// Gross and net, the machine's and the program's.
class TestIdleAndShare : public QObject {
    Q_OBJECT
private slots:
    void netIsGrossWithoutTheIdlePower() {
        const std::vector idle{readingOf("a", 10, 50), readingOf("b", 10, 20)};
        const auto baseline = idleFrom(idle);
        QCOMPARE(baseline.seconds.value, 10.0);
        QCOMPARE(baseline.sources.size(), std::size_t{2});
        QCOMPARE(baseline.sources[0].power.value, 5.0);
        const auto net = netOf(readingOf("a", 4, 100), baseline);
        QVERIFY(net);
        QCOMPARE(net->joules.value, 80.0);
        QCOMPARE(net->low.value, 90.0 - 5.5 * 4);
        QCOMPARE(net->high.value, 110.0 - 4.5 * 4);
        QVERIFY(!netOf(readingOf("c", 4, 100), baseline)); // of which no idle power is known
    }

    void belowTheBaselineNetIsNegativeRatherThanHidden() {
        const auto baseline = idleFrom(std::vector{readingOf("a", 10, 50)});
        QCOMPARE(netOf(readingOf("a", 10, 40), baseline)->joules.value, -10.0);
    }

    void whatWasNotSeenHasNoIdlePower() {
        auto half = readingOf("a", 10, 50);
        half.unseen = Seconds(5);
        QCOMPARE(idleFrom(std::vector{half}).sources.at(0).power.value, 10.0);
        half.unseen = Seconds(10);
        QVERIFY(idleFrom(std::vector{half}).sources.empty());
        QVERIFY(!netOf(half, idleFrom(std::vector{readingOf("a", 1, 1)})));
    }

    void idlePowerIsMeasuredOnRequest() {
        Meters meters;
        meters.usable.push_back(std::make_unique<Steady>());
        Recorder recorder(std::move(meters), Seconds(0.01));
        Control control;
        const auto baseline = measureIdle(recorder, Seconds(0.05), control);
        QVERIFY(baseline.seconds >= Seconds(0.05));
        const auto watts = baseline.sources.at(0).power.value;
        QVERIFY2(watts > 500 && watts < 2000, qPrintable(QString::number(watts)));
        control.requestCancel();
        QVERIFY_EXCEPTION_THROWN(measureIdle(recorder, Seconds(60), control), Cancelled);
    }

    void theShareIsOfTheTimeThatWasUsed() {
        QCOMPARE(*processorShare(Seconds(3), loadOf(10), loadOf(22)), 0.25);
        QCOMPARE(*processorShare(Seconds(0), loadOf(10), loadOf(22)), 0.0);
        // The clocks differ by a tick: never more than all.
        QCOMPARE(*processorShare(Seconds(3), loadOf(10), loadOf(12.99)), 1.0);
    }

    void anUnknownShareIsNotGuessed() {
        QVERIFY(!processorShare(Seconds(3), std::nullopt, loadOf(1)));
        QVERIFY(!processorShare(Seconds(3), loadOf(1), std::nullopt));
        QVERIFY(!processorShare(Seconds(3), loadOf(5), loadOf(4)));
        QVERIFY(!processorShare(Seconds(0.001), loadOf(5), loadOf(5)));
    }

    void whatIsAttributedIsAnEstimateWithinTheWhole() {
        const auto whole = readingOf("rapl:package-0", 10, 100);
        for (const double share : {0.0, 0.1, 0.5, 0.9, 1.0}) {
            const auto part = attributed(whole, share);
            QVERIFY(part.provenance == Provenance::Estimated);
            QCOMPARE(part.joules.value, 100 * share);
            QVERIFY(part.low <= part.joules && part.joules <= part.high && part.high <= whole.high);
            QVERIFY(part.method.find("%") != std::string::npos);
        }
    }

    void aGpusJoulesAreNotSplit() {
        auto gpu = readingOf("nvml:0", 10, 100);
        gpu.part = Part::Gpu;
        const auto part = attributed(gpu, 0.1);
        QCOMPARE(part.joules.value, 100.0);
        QVERIFY(part.provenance == Provenance::Measured);
        QVERIFY(part.method.find("not split") != std::string::npos);
    }

    void thisMachineTellsItsLoad() {
        const auto before = machineLoad();
        if (!before)
            QSKIP("this system does not tell how busy it is");
        QVERIFY(before->threads >= 1);
        const auto own = *processorTime();
        volatile double sink = 0;
        while (*processorTime() - own < Seconds(0.1))
            sink = sink + 1;
        QVERIFY(machineLoad()->busy - before->busy >= Seconds(0.05));
        QVERIFY(*threadTime() > Seconds(0));
        QVERIFY(memorySize()->value > 1e8);
    }
};

QTEST_APPLESS_MAIN(TestIdleAndShare)
#include "test_idle_and_share.moc"
