// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include "core/store/idle_power.h"

#include <QTest>
#include <array>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::store;

/// What a machine draws while nothing is done.
class TestIdlePower : public QObject {
    Q_OBJECT
private slots:
    void aLaterMeasurementReplacesTheEarlierOneOfItsMachine() {
        const TestFolder folder;
        auto workspace = Workspace::create(folder / "w.greenfront");
        QVERIFY(idlePowerOf(workspace, "one").empty());
        const IdlePowerRow processor{.source = "rapl:package-0",
                                     .method = "counter",
                                     .provenance = Provenance::Measured,
                                     .seconds = Seconds(30),
                                     .power = Watts(12),
                                     .low = Watts(11),
                                     .high = Watts(13)};
        IdlePowerRow memory = processor;
        memory.source = "memory-model";
        memory.provenance = Provenance::Estimated;
        putIdlePower(workspace, "one", std::array{processor, memory});
        putIdlePower(workspace, "other", std::array{processor});
        auto rows = idlePowerOf(workspace, "one");
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(rows[0].source == "memory-model" && rows[0].provenance == Provenance::Estimated);
        QVERIFY(rows[1].power == Watts(12) && rows[1].low == Watts(11) && rows[1].high == Watts(13));
        QVERIFY(rows[1].seconds == Seconds(30) && rows[1].method == "counter" && !rows[1].at.empty());
        putIdlePower(workspace, "one", std::array{memory});
        QCOMPARE(idlePowerOf(workspace, "one").size(), std::size_t{1});
        QCOMPARE(idlePowerOf(workspace, "other").size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestIdlePower)
#include "test_idle_power.moc"
