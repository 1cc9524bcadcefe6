// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/hwmon.h"

#include "core/energy/overlaps.h"
#include "made_up_tree.h"

#include <QTest>
#include <thread>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

std::vector<std::string> sourcesOf(const Meters& meters) {
    std::vector<std::string> sources;
    for (const auto& meter : meters.usable)
        sources.push_back(meter->source());
    return sources;
}

using Names = std::vector<std::string>;

/// The power that a meter sees, from its joules over a while.
Watts powerOf(Meter& meter) {
    const auto start = steadySeconds();
    const auto first = *meter.read();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto before = steadySeconds();
    const auto joules = *meter.read() - first;
    return Watts(joules.value / (before - start).value);
}

} // namespace

/// Sensors of boards, servers and graphics cards.
class TestHwmon : public QObject {
    Q_OBJECT
private slots:
    void aGraphicsCardsMicrowattsAreWatts() {
        const MadeUpTree tree;
        tree.write("hwmon3/name", "amdgpu");
        tree.write("hwmon3/power1_average", "35000000");
        tree.write("hwmon3/power1_label", "PPT");
        const auto meters = findHwmonMeters(tree.root());
        QVERIFY(sourcesOf(meters) == Names{"amdgpu:hwmon3:PPT"});
        auto& meter = *meters.usable[0];
        QVERIFY(meter.part() == Part::Gpu);
        QVERIFY(meter.provenance() == Provenance::Measured);
        const auto power = powerOf(meter);
        QVERIFY2(power > Watts(25) && power < Watts(45), qPrintable(QString::number(power.value)));
    }

    void everyGraphicsCardIsAdded() {
        const MadeUpTree tree;
        for (const std::string card : {"hwmon0", "hwmon1", "hwmon2"}) {
            tree.write(card + "/name", card == "hwmon2" ? "i915" : "amdgpu");
            tree.write(card + "/power1_input", "1000000");
        }
        const auto meters = withoutOverlaps(findHwmonMeters(tree.root()));
        QCOMPARE(meters.usable.size(), std::size_t{3});
        QVERIFY(meters.overlapping.empty());
    }

    void graphicsInTheProcessorTellTheWholePackage() {
        const MadeUpTree tree;
        tree.write("hwmon0/name", "amdgpu");
        tree.write("hwmon0/in1_label", "vddnb");
        tree.write("hwmon0/power1_input", "12000000");
        const auto meters = findHwmonMeters(tree.root());
        QVERIFY(meters.usable.at(0)->part() == Part::Processor);
    }

    void aDeviceKeepsItsNameWhateverItsNumber() {
        const MadeUpTree tree;
        std::filesystem::create_directories(tree.root() / "devices/0000:03:00.0");
        tree.write("hwmon7/name", "amdgpu");
        tree.write("hwmon7/power1_input", "1");
        std::filesystem::create_directory_symlink("../devices/0000:03:00.0", tree.root() / "hwmon7/device");
        QVERIFY(sourcesOf(findHwmonMeters(tree.root())) == Names{"amdgpu:0000:03:00.0:power1"});
    }

    void countersAreInMicrojoules() {
        const MadeUpTree tree;
        tree.write("hwmon0/name", "amd_energy");
        tree.write("hwmon0/energy1_label", "Ecore000");
        tree.write("hwmon0/energy1_input", "1000");
        for (const std::string socket : {"0", "1"}) {
            tree.write("hwmon0/energy1" + socket + "_label", "Esocket" + socket);
            tree.write("hwmon0/energy1" + socket + "_input", "5000000");
        }
        const auto meters = withoutOverlaps(findHwmonMeters(tree.root()));
        QVERIFY(sourcesOf(meters) == (Names{"amd_energy:hwmon0:Esocket0", "amd_energy:hwmon0:Esocket1"}));
        QCOMPARE(meters.overlapping.size(), std::size_t{1}); // the core is part of its socket
        QCOMPARE(meters.overlapping[0].with, std::string("amd_energy:hwmon0:Esocket0"));
        tree.write("hwmon0/energy11_input", "7500000");
        QCOMPARE(meters.usable[1]->read()->value, 2.5);
        tree.remove("hwmon0/energy11_input");
        QVERIFY(!meters.usable[1]->read());
    }

    void aBoardsInputRailContainsTheOthers() {
        const MadeUpTree tree;
        tree.write("hwmon1/name", "ina3221");
        const std::vector<std::pair<std::string, std::string>> rails{
            {"1", "VDD_IN"}, {"2", "VDD_CPU_GPU_CV"}, {"3", "VDD_SOC"}};
        for (const auto& [number, label] : rails) {
            tree.write("hwmon1/in" + number + "_label", label);
            tree.write("hwmon1/in" + number + "_input", "5000");   // mV
            tree.write("hwmon1/curr" + number + "_input", "1200"); // mA
        }
        tree.write("hwmon1/in4_input", "7"); // a shunt's voltage, beside the sum of the currents
        tree.write("hwmon1/curr4_input", "3600");
        const auto meters = withoutOverlaps(findHwmonMeters(tree.root()));
        QVERIFY(sourcesOf(meters) == Names{"ina3221:hwmon1:VDD_IN"});
        QCOMPARE(meters.overlapping.size(), std::size_t{2});
        QVERIFY(meters.usable[0]->part() == Part::Machine);
        const auto power = powerOf(*meters.usable[0]); // 5 V x 1.2 A
        QVERIFY2(power > Watts(4) && power < Watts(8), qPrintable(QString::number(power.value)));
    }

    void withoutAnInputRailTheRailsAreAdded() {
        const MadeUpTree tree;
        tree.write("hwmon1/name", "ina3221");
        for (const std::string number : {"1", "2"}) {
            tree.write("hwmon1/in" + number + "_label", number == "1" ? "GPU" : "CPU");
            tree.write("hwmon1/in" + number + "_input", "5000");
            tree.write("hwmon1/curr" + number + "_input", "100");
        }
        QVERIFY(sourcesOf(withoutOverlaps(findHwmonMeters(tree.root()))) ==
                (Names{"ina3221:hwmon1:GPU", "ina3221:hwmon1:CPU"}));
    }

    void whatCannotBeReadNamesTheFile() {
        const MadeUpTree tree;
        tree.write("hwmon0/name", "amdgpu");
        tree.write("hwmon0/power1_input", "much");
        const auto meters = findHwmonMeters(tree.root());
        QVERIFY(meters.usable.empty());
        QCOMPARE(meters.unusable.size(), std::size_t{1});
        QVERIFY(meters.unusable[0].reason.find("hwmon0/power1_input") != std::string::npos);
    }

    void aPowerOfWhoKnowsWhatIsNotCounted() {
        const MadeUpTree tree;
        tree.write("hwmon0/name", "corsairpsu");
        tree.write("hwmon0/power1_input", "100000000");
        tree.write("hwmon1/name", "coretemp"); // has no power at all
        tree.write("hwmon1/temp1_input", "40000");
        const auto meters = findHwmonMeters(tree.root());
        QVERIFY(meters.usable.empty());
        QCOMPARE(meters.unusable.size(), std::size_t{1});
        QCOMPARE(meters.unusable[0].source, std::string("corsairpsu:hwmon0"));
    }

    void noSensorsAreNothingToRepair() {
        const auto meters = findHwmonMeters("/absent");
        QVERIFY(meters.usable.empty() && meters.unusable.empty());
        QCOMPARE(meters.absent.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestHwmon)
#include "test_hwmon.moc"
