// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/overlaps.h"

#include <QTest>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

class Named final : public DescribedMeter {
public:
    Named(const std::string& source, Part part) : DescribedMeter(describe(source, part)) {}
    std::optional<Joules> read() override { return Joules(0); }

private:
    static Description describe(const std::string& source, Part part) {
        Description description;
        description.source = source;
        description.part = part;
        return description;
    }
};

Meters of(const std::vector<std::pair<std::string, Part>>& list) {
    Meters meters;
    for (const auto& [source, part] : list)
        meters.usable.push_back(std::make_unique<Named>(source, part));
    return meters;
}

std::string textOf(const Meters& meters) {
    std::string text;
    for (const auto& meter : meters.usable)
        text += meter->source() + " ";
    for (const auto& one : meters.overlapping)
        text += "(" + one.meter->source() + " in " + one.with + ") ";
    return text;
}

} // namespace

/// Of all that can be read, what may be added.
class TestOverlaps : public QObject {
    Q_OBJECT
private slots:
    void partsAreAddedAndWholesAreNot() {
        const auto meters = withoutOverlaps(of({{"battery", Part::Machine},
                                                {"rapl:psys", Part::Platform},
                                                {"nvml:0", Part::Gpu},
                                                {"rapl:package-0:dram", Part::Memory},
                                                {"rapl:package-0", Part::Processor},
                                                {"nvml:1", Part::Gpu}}));
        QCOMPARE(textOf(meters), std::string("rapl:package-0 rapl:package-0:dram nvml:0 nvml:1 "
                                             "(battery in rapl:package-0) (rapl:psys in rapl:package-0) "));
        QVERIFY(covers(meters, Part::Processor) && covers(meters, Part::Memory) && covers(meters, Part::Gpu));
    }

    void aPlatformContainsItsMemoryButNoGraphicsCard() {
        const auto meters = withoutOverlaps(
            of({{"rapl:psys", Part::Platform}, {"rapl:psys:dram", Part::Memory}, {"amdgpu:a", Part::Gpu}}));
        QCOMPARE(textOf(meters), std::string("rapl:psys amdgpu:a (rapl:psys:dram in rapl:psys) "));
        QVERIFY(covers(meters, Part::Memory));
    }

    void aMachineContainsEverything() {
        const auto meters = withoutOverlaps(of({{"nvml:0", Part::Gpu}, {"battery", Part::Machine}}));
        QCOMPARE(textOf(meters), std::string("battery (nvml:0 in battery) "));
        QVERIFY(covers(meters, Part::Gpu) && covers(meters, Part::Processor));
    }

    void twoFamiliesOfOnePartAreNotAdded() {
        const auto meters = withoutOverlaps(of({{"rapl:package-0", Part::Processor},
                                                {"rapl:package-1", Part::Processor},
                                                {"amd_energy:0:Esocket0", Part::Processor},
                                                {"amdgpu:a", Part::Gpu},
                                                {"nvml:0", Part::Gpu}}));
        QCOMPARE(textOf(meters), std::string("rapl:package-0 rapl:package-1 amdgpu:a nvml:0 "
                                             "(amd_energy:0:Esocket0 in rapl:package-0) "));
    }

    void aGraphicsCardAloneLeavesTheProcessorOpen() {
        const auto meters = withoutOverlaps(of({{"nvml:0", Part::Gpu}}));
        QCOMPARE(textOf(meters), std::string("nvml:0 "));
        QVERIFY(!covers(meters, Part::Processor) && !covers(meters, Part::Memory));
    }

    void nothingStaysNothing() { QCOMPARE(textOf(withoutOverlaps({})), std::string()); }
};

QTEST_APPLESS_MAIN(TestOverlaps)
#include "test_overlaps.moc"
