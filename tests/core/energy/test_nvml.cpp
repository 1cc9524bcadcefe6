// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/nvml_meter.h"
#include "core/energy/shared_library.h"
#include "made_up_clock.h"

#include <QTest>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

constexpr int failed = 999, notSupported = 3, noPermission = 4, lost = 15;

/// The stub, opened beside the meters, which open it again and get the same one.
class Stub {
public:
    explicit Stub(unsigned gpus, int init = 0) : library_(openLibrary(STUB_NVML, reason_)) {
        library_->function<void(unsigned, int)>("stubReset")(gpus, init);
    }
    void energy(unsigned gpu, unsigned long long milliJoules, int result = 0) const {
        library_->function<void(unsigned, int, unsigned long long)>("stubEnergy")(gpu, result, milliJoules);
    }
    void power(unsigned gpu, unsigned milliWatts, int result = 0) const {
        library_->function<void(unsigned, int, unsigned)>("stubPower")(gpu, result, milliWatts);
    }
    int running() const { return library_->function<int()>("stubRunning")(); }

private:
    std::string reason_;
    std::unique_ptr<SharedLibrary> library_;
};

} // namespace

/// NVIDIA's GPUs through their library, which is opened at run time.
class TestNvml : public QObject {
    Q_OBJECT
private slots:
    void everyGpuCountsItsMillijoules() {
        const Stub stub(3);
        for (unsigned gpu = 0; gpu < 3; ++gpu)
            stub.energy(gpu, 1'000'000 * (gpu + 1));
        const auto meters = findNvmlMeters(STUB_NVML);
        QCOMPARE(meters.usable.size(), std::size_t{3});
        for (unsigned gpu = 0; gpu < 3; ++gpu) {
            auto& meter = *meters.usable[gpu];
            QCOMPARE(meter.source(), "nvml:" + std::to_string(gpu));
            QVERIFY(meter.part() == Part::Gpu);
            QVERIFY(meter.method().starts_with("Energy counter"));
            QVERIFY(meter.method().find("GPU-" + std::to_string(gpu)) != std::string::npos);
            QCOMPARE(meter.read()->value, 0.0);
            stub.energy(gpu, 1'000'000 * (gpu + 1) + 2'500 * (gpu + 1)); // mJ
            QCOMPARE(meter.read()->value, 2.5 * (gpu + 1));
        }
    }

    void withoutACounterItsMilliwattsAreSampled() {
        const Stub stub(1);
        const MadeUpClock clock;
        stub.energy(0, 0, notSupported);
        stub.power(0, 150'000);
        const auto meters = findNvmlMeters(STUB_NVML, clock.watch());
        auto& meter = *meters.usable.at(0);
        QVERIFY(meter.method().starts_with("Sampled power"));
        clock.pass(2);
        QCOMPARE(meter.read()->value, 300.0);
        stub.power(0, 50'000);
        clock.pass(2);
        QCOMPARE(meter.read()->value, 500.0);
        stub.power(0, 0, failed);
        clock.pass(2);
        QVERIFY(!meter.read());
        QCOMPARE(meter.lost().value, 2.0);
    }

    void aFailedReadLosesNothing() {
        const Stub stub(1);
        const MadeUpClock clock;
        const auto meters = findNvmlMeters(STUB_NVML, clock.watch());
        stub.energy(0, 1'000, failed);
        clock.pass(1);
        QVERIFY(!meters.usable[0]->read());
        stub.energy(0, 2'000);
        clock.pass(1);
        QCOMPARE(meters.usable[0]->read()->value, 2.0);
        QCOMPARE(meters.usable[0]->lost().value, 0.0);
    }

    void aDriverThatWasLoadedAnewIsAGapAndGoesOn() {
        const Stub stub(1);
        const MadeUpClock clock;
        stub.energy(0, 9'000'000);
        const auto meters = findNvmlMeters(STUB_NVML, clock.watch());
        auto& meter = *meters.usable[0];
        stub.energy(0, 9'001'000);
        clock.pass(1);
        QCOMPARE(meter.read()->value, 1.0);
        stub.energy(0, 0, lost);
        clock.pass(10);
        QVERIFY(!meter.read()); // and the library was started again
        QCOMPARE(stub.running(), 1);
        stub.energy(0, 500);
        clock.pass(1);
        QVERIFY(!meter.read()); // what it counted before is gone
        QCOMPARE(meter.lost().value, 11.0);
        stub.energy(0, 2'500);
        clock.pass(1);
        QCOMPARE(meter.read()->value, 3.0);
    }

    void aCounterThatStandsStillIsLeftForThePower() {
        const Stub stub(1);
        const MadeUpClock clock;
        stub.power(0, 100'000);
        const auto meters = findNvmlMeters(STUB_NVML, clock.watch());
        auto& meter = *meters.usable[0];
        stub.energy(0, 5'000);
        clock.pass(1);
        QCOMPARE(meter.read()->value, 5.0);
        clock.pass(1);
        QCOMPARE(meter.read()->value, 5.0); // it may only be late
        clock.pass(2);
        QCOMPARE(meter.read()->value, 5.0);
        QCOMPARE(meter.lost().value, 3.0);
        QVERIFY(meter.method().find("stands still") != std::string::npos);
        clock.pass(2);
        QCOMPARE(meter.read()->value, 205.0);
    }

    void aNumberThatNoGpuCanReachIsNotCounted() {
        const Stub stub(1);
        const MadeUpClock clock;
        const auto meters = findNvmlMeters(STUB_NVML, clock.watch());
        stub.energy(0, 18'000'000'000'000'000'000ULL);
        clock.pass(1);
        QVERIFY(!meters.usable[0]->read());
    }

    void theLibraryIsClosedWithTheLastMeter() {
        const Stub stub(2);
        {
            const auto meters = findNvmlMeters(STUB_NVML);
            QCOMPARE(stub.running(), 1);
        }
        QCOMPARE(stub.running(), 0);
    }

    void whatCannotBeReadSaysWhy() {
        const Stub stub(2);
        stub.energy(0, 0, noPermission);
        stub.power(0, 0, noPermission);
        stub.energy(1, 0, notSupported);
        stub.power(1, 0, notSupported);
        const auto meters = findNvmlMeters(STUB_NVML);
        QVERIFY(meters.usable.empty());
        QCOMPARE(meters.unusable.size(), std::size_t{2});
        QVERIFY(meters.unusable[0].reason.find("may not") != std::string::npos);
    }

    void noLibraryNoDriverNoGpu() {
        const auto absent = findNvmlMeters("/absent/libnvidia-ml.so.1");
        QVERIFY(absent.absent.at(0).reason.find("/absent/libnvidia-ml.so.1") != std::string::npos);
        const Stub noDriver(1, 9);
        QVERIFY(findNvmlMeters(STUB_NVML).absent.at(0).reason.find("Driver Not Loaded") != std::string::npos);
        const Stub noGpu(0);
        QVERIFY(findNvmlMeters(STUB_NVML).absent.at(0).reason.find("no GPU") != std::string::npos);
    }

    void anotherLibraryIsNotCalled() {
        std::string reason;
        const auto meters = findNvmlMeters("libm.so.6");
        QVERIFY(meters.absent.at(0).reason.find("is not NVIDIA's") != std::string::npos);
    }

    void theVariableNamesTheLibrary() {
        qputenv("GREENFRONT_NVML_LIBRARY", STUB_NVML);
        QCOMPARE(nvmlLibraryPath(), std::string(STUB_NVML));
        qunsetenv("GREENFRONT_NVML_LIBRARY");
        QVERIFY(nvmlLibraryPath().find("nv") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestNvml)
#include "test_nvml.moc"
