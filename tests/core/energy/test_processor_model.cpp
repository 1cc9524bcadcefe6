// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor_model.h"

#include "core/energy/processor.h"
#include "core/energy/rated_power.h"

#include <QTest>
#include <chrono>
#include <thread>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

/// Keeps the processor busy until this process has used that much more of its time.
void work(Seconds processor) {
    const auto start = *processorTime();
    volatile double sink = 0;
    while (*processorTime() - start < processor)
        for (int i = 0; i < 10'000; ++i)
            sink = sink + i;
}

} // namespace

/// What stands in where nothing can be measured, and says so.
class TestProcessorModel : public QObject {
    Q_OBJECT
private slots:
    void itSaysThatItIsAnEstimate() {
        const auto model = makeProcessorModel();
        QCOMPARE(model->source(), std::string("processor-model"));
        QVERIFY(model->provenance() == Provenance::Estimated);
        QVERIFY(model->uncertainty() >= 0.3 && model->uncertainty() < 1);
        const auto method = QString::fromStdString(model->method());
        QVERIFY2(method.startsWith("Modelled, not measured"), qPrintable(method));
        QVERIFY2(method.contains("20 % of it all the time"), qPrintable(method));
    }

    void workCostsWhatTheRatedPowerSays() {
        if (!processorTime())
            QSKIP("this system does not tell a process its processor time");
        const auto perThread = ratedPower(processorName()).perThread;
        const auto model = makeProcessorModel();
        const auto start = std::chrono::steady_clock::now();
        work(Seconds(0.2));
        const auto joules = *model->read();
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        // 80 % of the power for the time worked, and 20 % of it for all threads all the time.
        const auto threads = std::max(1U, std::thread::hardware_concurrency());
        QVERIFY(joules >= perThread * Seconds(0.8 * 0.2));
        QVERIFY(joules <= perThread * Seconds(threads * (elapsed.count() + 1)));
    }

    void itNeverCountsDown() {
        const auto model = makeProcessorModel();
        Joules last;
        for (int i = 0; i < 1000; ++i) {
            const auto joules = model->read();
            QVERIFY(joules);
            QVERIFY(*joules >= last);
            last = *joules;
        }
        QVERIFY(last > Joules(0));
    }

    void ratedPowerComesFromTheTable() {
        const auto known = ratedPower("AMD EPYC 7763 64-Core Processor");
        QCOMPARE(known.perThread.value, 280.0 / 128);
        QVERIFY(known.origin.find("EPYC 7763") != std::string::npos);
        const auto intel = ratedPower("Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz");
        QCOMPARE(intel.perThread.value, 15.0 / 8);
    }

    void anUnknownProcessorIsTypicalAndLessCertain() {
        const auto known = ratedPower("AMD EPYC 7763 64-Core Processor");
        for (const auto* name : {"", "Some Processor", "AMD EPYC 7763X", "#", "x,8"}) {
            const auto unknown = ratedPower(name);
            QCOMPARE(unknown.perThread.value, 4.0);
            QVERIFY(unknown.uncertainty > known.uncertainty);
            QVERIFY(unknown.origin.find("typical") != std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(TestProcessorModel)
#include "test_processor_model.moc"
