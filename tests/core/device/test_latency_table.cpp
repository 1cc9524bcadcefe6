// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/latency_table.h"
#include "refusal.h"

#include <QtTest>

using namespace greenfront;
using device::LatencyTable;
using testing::refusalOf;

namespace {

LatencyTable small() {
    LatencyTable table{.machine = "Toaster",
                       .processor = "T1",
                       .library = "Own",
                       .method = "watched",
                       .at = "2026-01-01T00:00:00Z",
                       .threads = 2,
                       .space = {{"kind", "mbconv-small"}},
                       .call = Seconds(1e-6),
                       .blocks = {},
                       .networks = {},
                       .correction = {.offset = 0.1, .slope = 0.9, .error = 0.05},
                       .power = device::MeasuredPower{Watts(3), Provenance::Measured, "meter"}};
    device::FusedUnit unit{.layers = {},
                           .kind = "pointwise",
                           .input = {16, 8, 8},
                           .output = {32, 8, 8},
                           .kernel = 1,
                           .stride = 1,
                           .groups = 1,
                           .then = "relu"};
    table.blocks.push_back({unit, Seconds(2e-4), Seconds(1e-4), Seconds(3e-4), 4});
    table.networks.push_back({.genotype = {0, 1},
                              .key = "abc",
                              .time = Seconds(4e-4),
                              .low = Seconds(3e-4),
                              .high = Seconds(5e-4),
                              .heldOut = true});
    return table;
}

Json asJson() {
    return device::toJson(small());
}

QString refusal(const Json& json) {
    return refusalOf([&] { device::latencyTableFromJson(json, "result.json"); });
}

} // namespace

class TestLatencyTable : public QObject {
    Q_OBJECT

private slots:
    void a_table_comes_back_as_it_was_written() {
        const LatencyTable table = device::latencyTableFromJson(asJson(), "result.json");
        QCOMPARE(table.machine, std::string("Toaster"));
        QCOMPARE(table.threads, 2);
        QCOMPARE(table.blocks.size(), std::size_t{1});
        QCOMPARE(table.blocks[0].unit.key(), small().blocks[0].unit.key());
        QVERIFY(std::abs(table.blocks[0].time.value - 2e-4) < 1e-15);
        QCOMPARE(table.networks[0].genotype, (Genotype{0, 1}));
        QVERIFY(table.networks[0].heldOut);
        QCOMPARE(table.correction.slope, 0.9);
        QCOMPARE(table.power->power, Watts(3));
        QCOMPARE(table.power->provenance, Provenance::Measured);
        QCOMPARE(Json(device::toJson(table)), asJson());
        QCOMPARE(asJson()["blocks"][0]["ms"], Json(0.2));
    }

    void what_is_wrong_is_named_with_file_and_key_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* pointer, const char* value, const char* says) {
            QTest::addRow("%s = %s", pointer, value) << pointer << value << says;
        };
        row("/version", "2", "version 2");
        row("/format", "\"greenfront-measuring-plan\"", "'format'");
        row("/unit", "\"us\"", "'unit'");
        row("/blocks/0/ms", "0", "'blocks[0].ms' is 0");
        row("/blocks/0/ms", "-0.2", "'blocks[0].ms' is -0.2");
        row("/networks/0/ms", "0", "'networks[0].ms' is 0");
        row("/networks/0/low_ms", "null", "'networks[0].low_ms'");
        row("/blocks/0/ms", "\"fast\"", "'blocks[0].ms'");
        row("/blocks/0/input", "[1, 2]", "'input'");
        row("/blocks/0/kernel", "0.5", "'blocks[0].kernel'");
        row("/blocks", "{}", "'blocks'");
        row("/networks/0/genotype", "[0.5]", "'networks[0].genotype'");
        row("/threads", "0", "'threads'");
        row("/correction", "null", "'correction'");
        row("/power/provenance", "\"guessed\"", "provenance");
    }
    void what_is_wrong_is_named_with_file_and_key() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, says);
        Json json = asJson();
        json[Json::json_pointer(pointer.toStdString())] = parseJson(value.toStdString(), "value");
        const QString said = refusal(json);
        QVERIFY2(said.contains("result.json") && said.contains(says), qPrintable(said));
    }

    void a_missing_key_is_named_data() {
        QTest::addColumn<QString>("key");
        for (const char* key :
             {"format", "version", "machine", "threads", "unit", "space", "call_ms", "blocks", "networks"})
            QTest::newRow(key) << key;
    }
    void a_missing_key_is_named() {
        QFETCH(QString, key);
        Json json = asJson();
        json.erase(key.toStdString());
        const QString said = refusal(json);
        QVERIFY2(said.contains("result.json") && said.contains("'" + key + "' is missing"), qPrintable(said));
        Json block = asJson();
        block["blocks"][0].erase("stride");
        QVERIFY(refusal(block).contains("'blocks[0].stride' is missing"));
    }

    void another_unit_is_noticed() {
        Json seconds = asJson(); // of the blocks alone
        for (const char* key : {"ms", "low_ms", "high_ms"})
            seconds["blocks"][0][key] = seconds["blocks"][0][key].get<double>() / 1000;
        QVERIFY2(refusal(seconds).contains("milliseconds"), qPrintable(refusal(seconds)));
        Json microseconds = asJson();
        for (const char* key : {"ms", "low_ms", "high_ms"})
            microseconds["blocks"][0][key] = microseconds["blocks"][0][key].get<double>() * 1000;
        QVERIFY2(refusal(microseconds).contains("milliseconds"), qPrintable(refusal(microseconds)));
        Json impossible = asJson();
        impossible["networks"] = Json::array();
        impossible["blocks"][0]["ms"] = 1e-9;
        QVERIFY2(refusal(impossible).contains("milliseconds"), qPrintable(refusal(impossible)));
    }

    void a_file_that_was_cut_off_is_no_json() {
        const std::string text = asJson().dump();
        const QString said = refusalOf([&] { parseJson(text.substr(0, text.size() / 2), "result.json"); });
        QVERIFY(said.contains("result.json") && said.contains("not valid JSON"));
        QVERIFY(refusal(Json::array()).contains("not a JSON object"));
        Json empty = asJson();
        empty["blocks"] = Json::array();
        empty["networks"] = Json::array();
        QVERIFY(refusal(empty).contains("neither blocks nor networks"));
    }
};

QTEST_APPLESS_MAIN(TestLatencyTable)
#include "test_latency_table.moc"
