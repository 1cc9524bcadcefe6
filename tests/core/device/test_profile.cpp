// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/device/descriptions.h"
#include "core/device/profile.h"

#include <QtTest>
#include <limits>
#include <set>

using namespace greenfront;
using device::profileFromJson;

namespace {

Json described() {
    return {{"id", "toaster-2"},   {"title", "Toaster"}, {"threads", 2},   {"peak_gflops", 3.5},
            {"bandwidth_gb_s", 1}, {"memory_mib", 64},   {"power_w", 0.8}, {"source", "Its box"},
            {"overhead_us", 20},   {"efficiency", 0.25}};
}

/// What the refusal says; empty if there was none.
QString refusalOf(const Json& json) {
    try {
        profileFromJson(json, "toaster.json");
    } catch (const Error& error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

} // namespace

class TestProfile : public QObject {
    Q_OBJECT

private slots:
    void everyShippedDescriptionIsAccepted_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < device::descriptions().size(); ++i)
            QTest::newRow(device::descriptions()[i].file.data()) << static_cast<int>(i);
    }
    void everyShippedDescriptionIsAccepted() {
        QFETCH(int, index);
        const auto& [file, text] = device::descriptions()[static_cast<std::size_t>(index)];
        const auto profile = profileFromJson(parseJson(text, std::string(file)), std::string(file));
        QCOMPARE(profile.id + ".json", std::string(file));
        QVERIFY(!profile.measured);
        QVERIFY(profile.source.size() > 100); // says where each number comes from
    }

    void thisMachineIsTheFirstDevice() {
        const auto& first = device::knownDevices().front();
        QCOMPARE(first.id, std::string(device::thisMachine));
        QVERIFY(first.measured);
        QVERIFY(first.title.starts_with("This machine"));
        QVERIFY(!first.source.empty());
    }

    void idsAreUnique() {
        std::set<std::string> ids;
        for (const auto& profile : device::knownDevices())
            ids.insert(profile.id);
        QCOMPARE(ids.size(), device::knownDevices().size());
        QCOMPARE(ids.size(), device::descriptions().size() + 1);
    }

    void devicesAreFoundByTheirId() {
        const device::Profile pi = device::findDevice("raspberry-pi-4");
        QCOMPARE(pi.title, std::string("Raspberry Pi 4 B"));
        QCOMPARE(pi.threads, 4);
        QCOMPARE(pi.peakGflops, 4 * 1.5 * 8);
        QCOMPARE(&device::findDevice(device::thisMachine), &device::knownDevices().front());
    }

    void anUnknownDeviceListsTheKnownOnes() {
        try {
            device::findDevice("raspbery");
            QFAIL("found a device that does not exist");
        } catch (const Error& error) {
            QCOMPARE(error.parts().subject, std::string("'raspbery'"));
            for (const auto& profile : device::knownDevices())
                QVERIFY(error.parts().advice.find(profile.id) != std::string::npos);
        }
    }

    void aDescriptionBecomesAProfile() {
        const auto profile = profileFromJson(described(), "toaster.json");
        QCOMPARE(profile.id, std::string("toaster-2"));
        QCOMPARE(profile.title, std::string("Toaster"));
        QCOMPARE(profile.threads, 2);
        QCOMPARE(profile.peakGflops, 3.5);
        QCOMPARE(profile.bandwidthGBs, 1.0);
        QCOMPARE(profile.efficiency, 0.25);
        QCOMPARE(profile.overhead.value, 20e-6);
        QCOMPARE(profile.memory.value, 64.0 * 1024 * 1024);
        QCOMPARE(profile.power.value, 0.8);
        QCOMPARE(profile.source, std::string("Its box"));
    }

    void efficiencyAndOverheadMayBeLeftOut() {
        Json json = described();
        json.erase("efficiency");
        json.erase("overhead_us");
        const auto profile = profileFromJson(json, "toaster.json");
        QCOMPARE(profile.efficiency, device::Profile().efficiency);
        QCOMPARE(profile.overhead.value, device::Profile().overhead.value);
    }

    void limitsPricePowerAndLifetimeAreOptional() {
        const auto plain = profileFromJson(described(), "toaster.json");
        QVERIFY(!plain.flash && !plain.price && !plain.idlePower && !plain.lifetime);
        Json json = described();
        json.update({{"flash_kib", 512}, {"price_usd", 20}, {"idle_power_w", 0.1}, {"lifetime_years", 8}});
        for (const char* key : {"memory_mib", "power_w", "peak_gflops", "bandwidth_gb_s"})
            json.erase(key);
        const auto profile = profileFromJson(json, "toaster.json");
        QCOMPARE(profile.flash, std::optional(Bytes(512 * 1024)));
        QCOMPARE(profile.price, std::optional(20.0));
        QCOMPARE(profile.idlePower, std::optional(Watts(0.1)));
        QCOMPARE(profile.lifetime, std::optional(8.0));
        QCOMPARE(profile.memory, Bytes(0));
        QCOMPARE(profile.power, Watts(0));
        QVERIFY(!device::hasSpeed(profile) && device::hasSpeed(plain));
    }

    void speedAndBandwidthComeTogether() {
        for (const char* key : {"peak_gflops", "bandwidth_gb_s"}) {
            Json json = described();
            json.erase(key);
            QVERIFY(refusalOf(json).contains(QString("'%1' is missing").arg(key)));
        }
    }

    void shippedDescriptionsCanBeTakenAlong() {
        QCOMPARE(device::shippedDescription("stm32h743").at("flash_kib"), Json(2048));
        QVERIFY_THROWS_EXCEPTION(Error, device::shippedDescription(device::thisMachine));
    }

    void whatNamesItMustBeThere_data() {
        QTest::addColumn<QString>("key");
        for (const char* key : {"id", "title", "threads", "source"})
            QTest::newRow(key) << key;
    }
    void whatNamesItMustBeThere() {
        QFETCH(QString, key);
        Json json = described();
        json.erase(key.toStdString());
        const QString refusal = refusalOf(json);
        QVERIFY2(refusal.contains("toaster.json") && refusal.contains("'" + key + "' is missing"),
                 qPrintable(refusal));
    }

    void badValuesAreRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("no speed") << "peak_gflops"
                                  << "0";
        QTest::newRow("negative speed") << "peak_gflops"
                                        << "-48";
        QTest::newRow("speed in FLOPS") << "peak_gflops"
                                        << "48e9";
        QTest::newRow("speed as text") << "peak_gflops"
                                       << "\"48\"";
        QTest::newRow("no bandwidth") << "bandwidth_gb_s"
                                      << "0";
        QTest::newRow("bandwidth in bytes") << "bandwidth_gb_s"
                                            << "4.8e9";
        QTest::newRow("more than all of the peak") << "efficiency"
                                                   << "1.01";
        QTest::newRow("negative overhead") << "overhead_us"
                                           << "-1";
        QTest::newRow("null") << "power_w"
                              << "null";
        QTest::newRow("list") << "memory_mib"
                              << "[64]";
        QTest::newRow("half a thread") << "threads"
                                       << "1.5";
        QTest::newRow("no thread") << "threads"
                                   << "0";
        QTest::newRow("more threads than an int holds") << "threads"
                                                        << "18446744073709551615";
        QTest::newRow("id of the measured one") << "id"
                                                << "\"this-machine\"";
        QTest::newRow("id with a path") << "id"
                                        << "\"../../etc\"";
        QTest::newRow("empty id") << "id"
                                  << "\"\"";
        QTest::newRow("blank title") << "title"
                                     << "\"  \"";
        QTest::newRow("endless title") << "title"
                                       << "\"" + QString(10'000, 'x') + "\"";
        QTest::newRow("no source") << "source"
                                   << "\"\"";
        QTest::newRow("unknown key") << "colour"
                                     << "\"red\"";
    }
    void badValuesAreRefused() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Json json = described();
        json[key.toStdString()] = parseJson(value.toStdString(), "value");
        const QString refusal = refusalOf(json);
        QVERIFY2(refusal.startsWith("Cannot use ") && refusal.contains("toaster.json"), qPrintable(refusal));
        QVERIFY2(refusal.contains("'" + key + "'") || refusal.contains(" id "), qPrintable(refusal));
    }

    void whatIsNoDescriptionIsRefused() {
        QVERIFY(refusalOf(Json::array()).contains("not a JSON object"));
        QVERIFY(refusalOf(Json(nullptr)).contains("not a JSON object"));
        Json json = described();
        json["power_w"] = std::numeric_limits<double>::infinity();
        QVERIFY(refusalOf(json).contains("'power_w'"));
    }
};

QTEST_APPLESS_MAIN(TestProfile)
#include "test_profile.moc"
