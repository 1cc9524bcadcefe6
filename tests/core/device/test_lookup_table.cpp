// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/device/lookup_table.h"
#include "tests/support/published_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using device::BlockTimes;
using device::LookupTable;

class TestLookupTable : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::filesystem::path write(const std::string& text) const {
        const auto file = std::filesystem::path(folder_.path().toStdString()) / "table.yaml";
        writeFile(file, text);
        return file;
    }
    LookupTable read(const std::map<std::string, double>& table) const {
        return LookupTable::read(write(testing::asYaml(table)));
    }
    static arch::MbconvSpace spaceAt(int resolution) {
        auto parameters = arch::mobileNetV3({3, resolution, resolution}, 1000, 1.2);
        parameters.resolutions = {resolution};
        return arch::MbconvSpace(parameters);
    }
    static void refuses(const std::function<void()>& action, const char* because) {
        try {
            action();
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(because), error.what());
            return;
        }
        QFAIL("nothing was thrown");
    }

private slots:
    void the_first_convolution_tells_resolution_and_width() {
        const LookupTable table = read(testing::publishedTable(176));
        QCOMPARE(table.resolution(), 176);
        QCOMPARE(table.stem(), 24);
        QCOMPARE(table.of("Logits-input:1x1x1536-output:1000").value, 0.033 * 0.001);
    }

    /// The keys of the smallest network, by hand.
    void a_latency_is_the_sum_of_the_parts() {
        const std::vector<LookupTable> tables{read(testing::publishedTable(224))};
        const auto space = spaceAt(224);
        double milliseconds = 0;
        for (
            const std::string key : {
                "Conv-input:224x224x3-output:112x112x24",
                "expanded_conv-input:112x112x24-output:112x112x24-expand:24-kernel:3-stride:1-idskip:1-se:0-"
                "hs:0",
                "expanded_conv-input:112x112x24-output:56x56x32-expand:72-kernel:3-stride:2-idskip:0-se:0-hs:"
                "0",
                "expanded_conv-input:56x56x32-output:56x56x32-expand:96-kernel:3-stride:1-idskip:1-se:0-hs:0",
                "expanded_conv-input:56x56x32-output:28x28x48-expand:96-kernel:3-stride:2-idskip:0-se:1-hs:0",
                "expanded_conv-input:28x28x48-output:28x28x48-expand:144-kernel:3-stride:1-idskip:1-se:1-hs:"
                "0",
                "expanded_conv-input:28x28x48-output:14x14x96-expand:144-kernel:3-stride:2-idskip:0-se:0-hs:"
                "1",
                "expanded_conv-input:14x14x96-output:14x14x96-expand:288-kernel:3-stride:1-idskip:1-se:0-hs:"
                "1",
                "expanded_conv-input:14x14x96-output:14x14x136-expand:288-kernel:3-stride:1-idskip:0-se:1-hs:"
                "1",
                "expanded_conv-input:14x14x136-output:14x14x136-expand:408-kernel:3-stride:1-idskip:1-se:1-"
                "hs:1",
                "expanded_conv-input:14x14x136-output:7x7x192-expand:408-kernel:3-stride:2-idskip:0-se:1-hs:"
                "1",
                "expanded_conv-input:7x7x192-output:7x7x192-expand:576-kernel:3-stride:1-idskip:1-se:1-hs:1",
                "Conv_1-input:7x7x192-output:7x7x1152",
                "AvgPool2D-input:7x7x1152-output:1x1x1152",
                "Conv_2-input:1x1x1152-output:1x1x1536",
                "Logits-input:1x1x1536-output:1000",
            })
            milliseconds += 0.001 * static_cast<double>(key.size());
        const BlockTimes times(tables, space);
        QVERIFY(std::abs(times.latency(space.canonical(space.smallest())).value * 1000 - milliseconds) <
                1e-9);
        QVERIFY(times.latency(space.largest()) > times.latency(space.canonical(space.smallest())));
    }

    void a_missing_key_is_named() {
        auto table = testing::publishedTable(160);
        const std::string key =
            "expanded_conv-input:5x5x192-output:5x5x192-expand:768-kernel:5-stride:1-idskip:1-se:1-hs:1";
        QCOMPARE(table.erase(key), std::size_t(1));
        const std::vector<LookupTable> tables{read(table)};
        refuses([&] { BlockTimes(tables, spaceAt(160)); }, key.c_str());
    }

    void another_unit_is_noticed() {
        auto table = testing::publishedTable(160);
        for (auto& [key, mean] : table)
            mean /= 1000;
        const std::vector<LookupTable> seconds{read(table)};
        refuses([&] { BlockTimes(seconds, spaceAt(160)); }, "not in milliseconds");
    }

    void what_is_no_table_is_refused() {
        const auto readText = [&](const std::string& text) {
            return [&, text] { LookupTable::read(write(text)); };
        };
        refuses(readText("just text"), "no table");
        refuses(readText("a: [1, 2"), "latency table");
        refuses(readText("Conv-input:160x160x3-output:80x80x24: {count: 1}"), "has no mean");
        refuses(readText("Conv-input:160x160x3-output:80x80x24: {mean: -0.5}"), "not above 0");
        refuses(readText("Conv-input:160x160x3-output:80x80x24: {mean: 0}"), "not above 0");
        refuses(readText("Conv-input:160x160x3-output:80x80x24: {mean: fast}"), "not a number");
        refuses(readText("Conv-input:160x160x3-output:80x80x24: {mean: .nan}"), "not a number");
        refuses(readText("Logits-input:1x1x1536-output:1000: {mean: 1}"), "no first convolution");
        refuses(readText(std::string(100'000, '[')), "latency table");
    }
};

QTEST_APPLESS_MAIN(TestLookupTable)
#include "test_lookup_table.moc"
