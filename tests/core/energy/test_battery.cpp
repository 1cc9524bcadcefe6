// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/battery.h"

#include "made_up_tree.h"

#include <QTest>
#include <chrono>
#include <thread>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

Watts powerOf(Meter& meter) {
    const auto start = steadySeconds();
    const auto first = *meter.read();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    const auto before = steadySeconds();
    return Watts((*meter.read() - first).value / (before - start).value);
}

void addBattery(const MadeUpTree& tree, const std::string& name, const std::string& status) {
    tree.write(name + "/type", "Battery");
    tree.write(name + "/status", status);
}

bool isAbout(Watts power, double watts) {
    return power > Watts(0.7 * watts) && power < Watts(1.3 * watts);
}

} // namespace

/// What a laptop draws from its battery.
class TestBattery : public QObject {
    Q_OBJECT
private slots:
    void powerIsInMicrowatts() {
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Discharging");
        tree.write("BAT0/power_now", "9500000");
        const auto meters = findBatteryMeters(tree.root());
        QCOMPARE(meters.usable.size(), std::size_t{1});
        QCOMPARE(meters.usable[0]->source(), std::string("battery"));
        QVERIFY(meters.usable[0]->part() == Part::Machine);
        QVERIFY(isAbout(powerOf(*meters.usable[0]), 9.5));
    }

    void currentTimesVoltageIsPower_data() {
        QTest::addColumn<QByteArray>("current");
        QTest::newRow("positive") << QByteArray("800000");
        QTest::newRow("negative") << QByteArray("-800000");
    }
    void currentTimesVoltageIsPower() {
        QFETCH(QByteArray, current);
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Discharging");
        tree.write("BAT0/voltage_now", "12000000");
        tree.write("BAT0/current_now", current.toStdString());
        QVERIFY(isAbout(powerOf(*findBatteryMeters(tree.root()).usable.at(0)), 9.6));
    }

    void onlyThoseThatDischargeAreAdded() {
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Discharging");
        tree.write("BAT0/power_now", "4000000");
        addBattery(tree, "BAT1", "Discharging");
        tree.write("BAT1/power_now", "3000000");
        addBattery(tree, "BAT2", "Not charging");
        tree.write("BAT2/power_now", "90000000");
        addBattery(tree, "hidpp_battery_0", "Discharging"); // a mouse
        tree.write("hidpp_battery_0/scope", "Device");
        tree.write("hidpp_battery_0/power_now", "90000000");
        QVERIFY(isAbout(powerOf(*findBatteryMeters(tree.root()).usable.at(0)), 7));
    }

    void pluggedInItIsAGap() {
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Discharging");
        tree.write("BAT0/power_now", "4000000");
        const auto meters = findBatteryMeters(tree.root());
        tree.write("BAT0/status", "Charging");
        QVERIFY(!meters.usable.at(0)->read());
        QVERIFY(meters.usable[0]->lost() > Seconds(0));
    }

    void onMainsPowerItSaysSo() {
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Full");
        tree.write("BAT0/power_now", "0");
        const auto meters = findBatteryMeters(tree.root());
        QVERIFY(meters.usable.empty());
        QVERIFY(meters.unusable.at(0).reason.find("mains") != std::string::npos);
    }

    void brokenFilesNameThemselves() {
        const MadeUpTree tree;
        addBattery(tree, "BAT0", "Discharging");
        tree.write("BAT0/power_now", "lots");
        const auto meters = findBatteryMeters(tree.root());
        QVERIFY(meters.usable.empty());
        QVERIFY(meters.unusable.at(0).reason.find("BAT0/power_now") != std::string::npos);
    }

    void aDesktopHasNone() {
        const MadeUpTree tree;
        QCOMPARE(findBatteryMeters(tree.root()).absent.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestBattery)
#include "test_battery.moc"
