// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/devices.h"

#include <QTest>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

/// Devices that a user has added.
class TestDevices : public QObject {
    Q_OBJECT
private slots:
    void aDeviceIsFoundAgainByItsId() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        QVERIFY(allDevices(workspace).empty());
        QVERIFY(!findDeviceRow(workspace, "toaster"));
        putDevice(workspace, {"toaster", {{"title", "Toaster"}}, nullptr});
        putDevice(workspace, {"kettle", {{"title", "Kettle"}}, {{"kind", "table"}}});
        const auto kettle = findDeviceRow(workspace, "kettle");
        QVERIFY(kettle && kettle->latency == Json({{"kind", "table"}}) && !kettle->at.empty());
        const auto all = allDevices(workspace);
        QCOMPARE(all.size(), std::size_t{2});
        QVERIFY(all[0].id == "kettle" && all[1].id == "toaster" && all[1].latency.is_null());
    }

    void addedAgainItIsReplaced() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        putDevice(workspace, {"toaster", {{"title", "Toaster"}}, nullptr});
        putDevice(workspace, {"toaster", {{"title", "Better toaster"}}, nullptr});
        QCOMPARE(allDevices(workspace).size(), std::size_t{1});
        QVERIFY(findDeviceRow(workspace, "toaster")->profile.at("title") == "Better toaster");
        QVERIFY(removeDevice(workspace, "toaster"));
        QVERIFY(!removeDevice(workspace, "toaster"));
        QVERIFY(allDevices(workspace).empty());
    }

    void whatIsNoJsonIsDamage() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        putDevice(workspace, {"toaster", {{"title", "Toaster"}}, nullptr});
        QCOMPARE(
            sqlite3_exec(workspace.handle(), "UPDATE devices SET latency = '{'", nullptr, nullptr, nullptr),
            SQLITE_OK);
        COMPLAINS("w.greenfront", findDeviceRow(workspace, "toaster"));
    }
};

QTEST_APPLESS_MAIN(TestDevices)
#include "test_devices.moc"
