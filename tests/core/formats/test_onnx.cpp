// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/encode.h"
#include "tests/core/formats/onnx_file.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_models.h"

#include <QtTest>
#include <algorithm>

using namespace greenfront;
using formats::ModelFile;
using Names = std::vector<std::string>;

namespace {

ModelFile fileOf(const char* network) {
    return testing::sampleFile(testing::sampleNetwork(network), 1);
}

OnnxFile exported(const ModelFile& file) {
    return readOnnx(formats::encodeOnnx(file));
}

} // namespace

class TestOnnx : public QObject {
    Q_OBJECT

private slots:
    void everySampleIsAccepted() {
        for (const auto& [name, network] : testing::sampleNetworks()) {
            const OnnxFile file = exported(testing::sampleFile(network, 1));
            QCOMPARE(file.irVersion, 8L);
            QCOMPARE(file.opset, 17L);
            QCOMPARE(file.producer, std::string("Greenfront"));
            const Shape in = network.input();
            QVERIFY((file.inputs ==
                     std::map<std::string, Names>{{"input",
                                                   {"N", std::to_string(in.channels),
                                                    std::to_string(in.height), std::to_string(in.width)}}}));
            QVERIFY((file.outputs ==
                     std::map<std::string, Names>{{"logits", {"N", std::to_string(network.classes())}}}));
        }
    }

    void operatorsFollowTheLayers() {
        QVERIFY((exported(fileOf("odd sizes")).operators ==
                 Names{"Sub", "Div", "Conv", "Relu", "Conv", "GlobalAveragePool", "Flatten", "Gemm"}));
        QVERIFY((exported(fileOf("shared convolution")).operators ==
                 Names{"Sub", "Div", "BatchNormalization", "Conv", "BatchNormalization", "Add",
                       "GlobalAveragePool", "Flatten", "Gemm", "Unsqueeze", "HardSwish", "Add", "Flatten",
                       "Gemm"}));
        QVERIFY((exported(fileOf("squeeze and excite")).operators ==
                 Names{"Sub", "Div", "Conv", "HardSwish", "GlobalAveragePool", "Flatten", "Gemm", "Unsqueeze",
                       "Relu", "Flatten", "Gemm", "Unsqueeze", "HardSigmoid", "Mul", "GlobalAveragePool",
                       "Flatten", "Gemm"}));
        QVERIFY((exported(fileOf("fully convolutional")).operators ==
                 Names{"Sub", "Div", "Conv", "Relu", "Conv", "GlobalAveragePool", "Flatten"}));
    }

    void shapesOfAllValuesAreInferred() {
        const ModelFile file = fileOf("residual");
        const OnnxFile onnx = exported(file);
        const auto& layers = arch::foldBatchNorm(file.model).network.layers;
        for (std::size_t i = 1; i + 1 < layers.size(); ++i) {
            const Shape& out = layers[i].output;
            const Names expected{"N", std::to_string(out.channels), std::to_string(out.height),
                                 std::to_string(out.width)};
            QVERIFY2(onnx.inferred.contains(layers[i].name) && onnx.inferred.at(layers[i].name) == expected,
                     layers[i].name.c_str());
        }
    }

    void weightsAreInitializersInTheirShape() {
        const OnnxFile file = exported(fileOf("residual"));
        QVERIFY((file.initializers.at("block.depthwise.weight") == std::vector<long>{24, 1, 5, 5}));
        QVERIFY((file.initializers.at("block.depthwise.bias") == std::vector<long>{24}));
        QVERIFY((file.initializers.at("normalise.mean") == std::vector<long>{1, 1, 1}));
        QVERIFY(!file.initializers.contains("stem.norm.weight"));
    }

    void carriesWhatItsReaderMustKnow() {
        const OnnxFile file = exported(fileOf("residual"));
        QCOMPARE(Json::parse(file.metadata.at("classes")).size(), std::size_t(10));
        QVERIFY(file.metadata.at("preprocessing").find("0..255") != std::string::npos);
        QVERIFY(file.description.find("0..255") != std::string::npos);
        QCOMPARE(file.metadata.at("data_hash"), std::string("0123abcd"));
        QCOMPARE(file.metadata.at("genotype"), std::string("[0,1,2]"));
        QCOMPARE(file.metadata.at("accuracy"), std::string("97.4 % (measured: on 2,007 test images)"));
        const Json metrics = Json::parse(file.metadata.at("metrics"));
        QCOMPARE(metrics.at(1).at("provenance").get<std::string>(), std::string("estimated"));
        QCOMPARE(metrics.at(1).at("device").get<std::string>(), std::string("a small board"));
        QCOMPARE(Json::parse(file.metadata.at("energy")).at(0).at("joules").get<double>(), 5000.0);
    }

    void sameModelSameBytes() {
        QVERIFY(formats::encodeOnnx(fileOf("residual")) == formats::encodeOnnx(fileOf("residual")));
    }

    void refusesLayersThatShadowTheOutput() {
        ModelFile file = fileOf("fully convolutional");
        auto& layers = file.model.network.layers;
        layers[3].name = "logits"; // a relu in the middle
        QVERIFY_THROWS_EXCEPTION(Error, formats::encodeOnnx(file));
    }
};

QTEST_APPLESS_MAIN(TestOnnx)
#include "test_onnx.moc"
