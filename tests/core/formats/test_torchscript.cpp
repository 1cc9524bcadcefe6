// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/encode.h"
#include "core/formats/torchscript_source.h"
#include "tests/core/formats/torchscript_file.h"
#include "tests/support/reference_network.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_models.h"

#include <QtTest>
#include <algorithm>
#include <cctype>

using namespace greenfront;
using formats::ModelFile;

class TestTorchScript : public QObject {
    Q_OBJECT

private slots:
    void computesWhatTheReferenceComputes_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, network] : testing::sampleNetworks())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void computesWhatTheReferenceComputes() {
        QFETCH(QString, name);
        const ModelFile file = testing::sampleFile(testing::sampleNetwork(name.toStdString()), 1);
        const Shape in = file.model.network.input();
        Rng rng(2);
        const auto inputs = testing::randomValues(3 * in.size(), 0, 255, rng);
        const TorchScriptFile read =
            runTorchScript(formats::encodeTorchScript(file), inputs, {3, in.channels, in.height, in.width});
        const auto classes = static_cast<std::size_t>(file.model.network.classes());
        QVERIFY((read.shape == std::vector<std::int64_t>{3, file.model.network.classes()}));
        for (std::size_t n = 0; n < 3; ++n) {
            const auto expected =
                testing::referenceLogits(file.model, std::span(inputs).subspan(n * in.size(), in.size()));
            const std::span logits = std::span(read.logits).subspan(n * classes, classes);
            QVERIFY(testing::largestDifference(expected, logits) < 1e-4);
        }
    }

    void carriesWhatItsReaderMustKnow() {
        const ModelFile file = testing::sampleFile(testing::sampleNetwork("residual"), 1);
        const TorchScriptFile read =
            runTorchScript(formats::encodeTorchScript(file), std::vector<float>(256), {1, 1, 16, 16});
        const Json description = Json::parse(read.description);
        QCOMPARE(Json::parse(description.at("classes").get<std::string>()).size(), std::size_t(10));
        QVERIFY(description.at("preprocessing").get<std::string>().find("0..255") != std::string::npos);
        QCOMPARE(arch::networkFromJson(description.at("network")).layers.size(),
                 file.model.network.layers.size());
    }

    void normalisationIsABufferAndWeightsAreParameters() {
        const ModelFile file = testing::sampleFile(testing::sampleNetwork("residual"), 1);
        const TorchScriptFile read =
            runTorchScript(formats::encodeTorchScript(file), std::vector<float>(256), {1, 1, 16, 16});
        QVERIFY(std::ranges::count(read.buffers, "layer_normalise_mean") == 1);
        QVERIFY(std::ranges::count(read.parameters, "layer_block_depthwise_weight") == 1);
    }

    void noNameOfALayerIsRun() {
        const auto script = formats::scriptOf(testing::sampleNetwork("fully convolutional"));
        QVERIFY(script.source.find(";") == std::string::npos);
        QVERIFY(script.source.find("import os") == std::string::npos);
        for (const auto& attribute : script.attributes)
            QVERIFY(std::ranges::all_of(attribute.name, [](char c) { return std::isalnum(c) || c == '_'; }));
    }

    void namesThatBecomeEqualStayApart() {
        arch::Network network = testing::sampleNetwork("fully convolutional");
        network.layers[1].name = "a.b";
        network.layers[3].name = "a_b";
        const auto script = formats::scriptOf(network);
        std::vector<std::string> names;
        for (const auto& attribute : script.attributes)
            names.push_back(attribute.name);
        std::ranges::sort(names);
        QVERIFY(std::ranges::adjacent_find(names) == names.end());
    }
};

QTEST_APPLESS_MAIN(TestTorchScript)
#include "test_torchscript.moc"
