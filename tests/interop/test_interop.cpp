// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "tests/interop/reader_is_there.h"
#include "tests/support/reference_network.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_models.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;
using formats::ModelFile;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t samples = 4;

/// Every operator by hand, and what the elastic space gives for grey and colour images.
std::vector<std::pair<std::string, arch::Network>> networks() {
    auto all = testing::sampleNetworks();
    const auto grey = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 10));
    all.emplace_back("largest of the space, grey", grey->decode(grey->largest()));
    const auto colour = arch::makeSpace(arch::defaultSpace({3, 32, 32}, 10));
    all.emplace_back("smallest of the space, colour", colour->decode(colour->smallest()));
    const auto bottlenecks = arch::makeSpace(arch::proposedSpace("resnet", {3, 16, 16}, 10));
    all.emplace_back("smallest of the bottlenecks", bottlenecks->decode(bottlenecks->smallest()));
    const auto rows = arch::makeSpace(arch::defaultSpace({30, 1, 1}, 3));
    all.emplace_back("largest for rows of numbers", rows->decode(rows->largest()));
    return all;
}

arch::Network networkNamed(const QString& name) {
    for (const auto& [known, network] : networks())
        if (known == name.toStdString())
            return network;
    qFatal("there is no such network");
}

struct Case {
    ModelFile file;
    Shape sample;
    std::vector<float> inputs;
};

Case caseOf(const QString& name) {
    const arch::Network network = networkNamed(name);
    Rng rng(7);
    return {testing::sampleFile(network, 1), network.input(),
            testing::randomValues(samples * network.input().size(), 0, 255, rng)};
}

std::size_t classOf(std::span<const float> logits) {
    return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
}
std::size_t classOf(std::span<const double> logits) {
    return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
}

/// How the logits disagree with the reference; empty if they do not.
QString disagreement(const Case& made, const std::vector<float>& logits) {
    const auto classes = static_cast<std::size_t>(made.file.model.network.classes());
    if (logits.size() != samples * classes)
        return QStringLiteral("%1 logits").arg(logits.size());
    const std::size_t size = made.sample.size();
    for (std::size_t n = 0; n < samples; ++n) {
        const auto expected =
            testing::referenceLogits(made.file.model, std::span(made.inputs).subspan(n * size, size));
        const auto got = std::span(logits).subspan(n * classes, classes);
        const double difference = testing::largestDifference(expected, got);
        // Random weights make larger logits than training does; floats have seven digits.
        const double largest = std::max(
            1.0, std::abs(std::ranges::max(expected, {}, [](double value) { return std::abs(value); })));
        if (!(difference < 1e-4 * largest))
            return QStringLiteral("sample %1 differs by %2 of %3").arg(n).arg(difference).arg(largest);
        if (classOf(std::span<const double>(expected)) != classOf(got))
            return QStringLiteral("sample %1 is of another class").arg(n);
    }
    return {};
}

} // namespace

class TestInterop : public QObject {
    Q_OBJECT

private slots:
    void onnxRuntimeAgrees_data() {
        QTest::addColumn<QString>("name");
        for (const auto& [name, network] : networks())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }
    void onnxRuntimeAgrees() {
        if (!interop::readerIsThere(interop::missingOnnxRuntime()))
            return;
        QFETCH(QString, name);
        const Case made = caseOf(name);
        formats::writeModel(made.file, formats::Format::Onnx, in("net.onnx"));
        const auto logits = interop::runOnnx(in("net.onnx"), made.inputs, made.sample);
        const QString wrong = disagreement(made, logits);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void pythonsTorchAgrees_data() {
        QTest::addColumn<QString>("name");
        // Fewer, because Python takes seconds to load torch; together they have every operator.
        for (const char* name :
             {"residual", "shared convolution", "row of numbers", "largest of the space, grey"})
            QTest::newRow(name) << QString(name);
    }
    void pythonsTorchAgrees() {
        if (!interop::readerIsThere(interop::missingTorch()))
            return;
        QFETCH(QString, name);
        const Case made = caseOf(name);
        formats::writeModel(made.file, formats::Format::TorchScript, in("net.pt"));
        const auto result = interop::runTorchScript(in("net.pt"), made.inputs, made.sample);
        const QString wrong = disagreement(made, result.logits);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        const Json classes = Json::parse(result.description.at("classes").get<std::string>());
        QVERIFY(classes.get<std::vector<std::string>>() == made.file.classes);
    }

    void aReaderOfSafetensorsAgrees() {
        if (!interop::readerIsThere(interop::missingTorch()))
            return;
        const Case made = caseOf("residual");
        formats::writeModel(made.file, formats::Format::Safetensors, in("net.safetensors"));
        const Json read = interop::readSafetensors(in("net.safetensors"));
        QCOMPARE(read.at("tensors").size(), made.file.model.weights.size());
        for (const auto& [name, tensor] : made.file.model.weights) {
            const Json& got = read.at("tensors").at(name);
            QVERIFY(got.at("shape").get<std::vector<std::int64_t>>() == tensor.shape);
            double sum = 0;
            for (const float value : tensor.values)
                sum += std::abs(static_cast<double>(value));
            QVERIFY(std::abs(got.at("sum").get<double>() - sum) <= 1e-9 * sum);
        }
        const Json network = Json::parse(read.at("metadata").at("network").get<std::string>());
        QVERIFY(network == arch::toJson(made.file.model.network));
    }

private:
    fs::path in(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

    QTemporaryDir folder_;
};

QTEST_GUILESS_MAIN(TestInterop)
#include "test_interop.moc"
