// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/sources.h"

#include "made_up_tree.h"
#include "powercap_tree.h"

#include <QTest>
#include <algorithm>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

const Source* find(const std::vector<Source>& list, const std::string& name) {
    const auto at = std::ranges::find(list, name, &Source::name);
    return at != list.end() ? &*at : nullptr;
}

} // namespace

/// The list of everything that was looked for.
class TestSources : public QObject {
    Q_OBJECT
private slots:
    void eachHasItsStateAndReason() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.addZone("intel-rapl:0:0", "core");
        tree.addZone("intel-rapl-mmio:0", "package-0");
        tree.addZone("intel-rapl:1", "psys");
        tree.addZone("intel-rapl:2", "package-1");
        tree.remove("intel-rapl:2/energy_uj");
        const auto list = listSources();
        const auto* package = find(list, "rapl:package-0");
        QVERIFY(package != nullptr && package->state == SourceState::Used);
        QVERIFY(package->reason.empty() && !package->method.empty());
        QCOMPARE(package->uncertainty, 0.05);
        QVERIFY(package->deadline > Seconds(0) && package->deadline <= Seconds(60));
        for (const auto* name : {"rapl:package-0:core", "rapl:psys"}) {
            const auto* source = find(list, name);
            QVERIFY2(source != nullptr && source->state == SourceState::Overlapping, name);
            QVERIFY2(source->reason.find("rapl:package-0") != std::string::npos, name);
        }
        QCOMPARE(std::ranges::count(list, "rapl:package-0", &Source::name), 2); // its twin is listed too
        const auto* broken = find(list, "rapl:package-1");
        QVERIFY(broken != nullptr && broken->state == SourceState::Unusable && !broken->reason.empty());
        for (const auto* name : {"hwmon", "battery", "nvml"}) {
            const auto* source = find(list, name);
            QVERIFY2(source != nullptr && source->state == SourceState::Absent && !source->reason.empty(),
                     name);
        }
    }

    void amdsZonesAreReadTheSameWay() {
        const PowercapTree tree; // the driver serves both makers under one name
        tree.addZone("intel-rapl:0", "package-0", 1'000'000);
        tree.addZone("intel-rapl:0:0", "core", 500'000);
        const auto meters = findMeters();
        QCOMPARE(meters.usable.size(), std::size_t{1});
        QCOMPARE(meters.overlapping.size(), std::size_t{1});
        tree.setEnergy("intel-rapl:0", 4'000'000);
        tree.setEnergy("intel-rapl:0:0", 2'500'000);
        QCOMPARE(meters.usable[0]->read()->value, 3.0);
        QCOMPARE(meters.overlapping[0].meter->read()->value, 2.0);
        QCOMPARE(meters.overlapping[0].with, std::string("rapl:package-0"));
    }

    void aCounterTooShortToBeReadInTimeIsRefused() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        tree.write("intel-rapl:0", "max_energy_range_uj", "1000000"); // one joule
        const auto list = listSources();
        const auto* source = find(list, "rapl:package-0");
        QVERIFY(source != nullptr && source->state == SourceState::Unusable);
        QVERIFY(source->reason.find("too quickly") != std::string::npos);
    }

    void aCounterThatMayNotBeReadComesWithTheCommandThatAllowsIt() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        const auto counter = tree.root() / "intel-rapl:0" / "energy_uj";
        std::filesystem::permissions(counter, std::filesystem::perms::none);
        if (std::ifstream(counter))
            QSKIP("this user may read everything");
        const auto list = listSources();
        const auto* source = find(list, "rapl:package-0");
        QVERIFY(source != nullptr && source->state == SourceState::Unusable);
        QVERIFY(source->command.starts_with("sudo chmod a+r "));
        QVERIFY(source->reason.ends_with(source->command));
    }

    void everyTreeHasItsVariable() {
        const PowercapTree tree;
        const MadeUpTree hwmon, batteries;
        qputenv("GREENFRONT_HWMON_ROOT", QByteArray::fromStdString(hwmon.root().string()));
        qputenv("GREENFRONT_POWER_SUPPLY_ROOT", QByteArray::fromStdString(batteries.root().string()));
        hwmon.write("hwmon0/name", "amdgpu");
        hwmon.write("hwmon0/power1_input", "1000000");
        QVERIFY(find(listSources(), "amdgpu:hwmon0:power1")->state == SourceState::Used);
        batteries.write("BAT0/type", "Battery");
        batteries.write("BAT0/status", "Discharging");
        batteries.write("BAT0/power_now", "1000000");
        const auto list = listSources(); // a machine's meter replaces the model and contains the card
        QVERIFY(find(list, "battery")->state == SourceState::Used);
        QVERIFY(find(list, "amdgpu:hwmon0:power1")->state == SourceState::Overlapping);
        QVERIFY(find(list, "processor-model") == nullptr);
    }

    void memoryIsModelledOnRequestWhereNothingCountsIt() {
        const PowercapTree tree;
        tree.addZone("intel-rapl:0", "package-0");
        QVERIFY(find(listSources(), "memory-model") == nullptr);
        const MeterOptions options{Load::WholeMachine, true};
        if (const auto list = listSources(options); const auto* model = find(list, "memory-model")) {
            QVERIFY(model->provenance == Provenance::Estimated && model->part == Part::Memory);
        } else {
            QSKIP("this system does not tell the size of its memory");
        }
        tree.addZone("intel-rapl:0:0", "dram");
        QVERIFY(find(listSources(options), "memory-model") == nullptr);
    }

    void theFingerprintChangesWithTheSources() {
        const PowercapTree tree;
        const auto empty = sourcesFingerprint();
        QCOMPARE(sourcesFingerprint(), empty);
        tree.addZone("intel-rapl:0", "package-0");
        const auto one = sourcesFingerprint();
        QVERIFY(one != empty);
        tree.setEnergy("intel-rapl:0", 5); // what a counter shows is no change
        QCOMPARE(sourcesFingerprint(), one);
        tree.remove("intel-rapl:0");
        QCOMPARE(sourcesFingerprint(), empty);
    }
};

QTEST_APPLESS_MAIN(TestSources)
#include "test_sources.moc"
