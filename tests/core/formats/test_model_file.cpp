// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/model_file.h"
#include "tests/support/sample_files.h"
#include "tests/support/sample_models.h"

#include <QtTest>

using namespace greenfront;
using formats::Format;
using formats::ModelFile;
namespace fs = std::filesystem;

namespace {

ModelFile sample() {
    return testing::sampleFile(testing::sampleNetwork("odd sizes"), 1);
}

std::string contentOf(const fs::path& path) {
    return readFile(path, Bytes(1e8));
}

} // namespace

class TestModelFile : public QObject {
    Q_OBJECT

private slots:
    void init() {
        folder_.emplace();
        QVERIFY(folder_->isValid());
    }
    void cleanup() { folder_.reset(); }

    void formatsAreKnownByName() {
        for (const Format format : {Format::Onnx, Format::TorchScript, Format::Safetensors})
            QCOMPARE(formats::formatFrom(formats::toText(format)), format);
        QCOMPARE(formats::extensionOf(Format::TorchScript), std::string_view(".pt"));
        QVERIFY_THROWS_EXCEPTION(Error, formats::formatFrom("pickle"));
    }

    void modelAndCardAppearTogether() {
        for (const Format format : {Format::Onnx, Format::TorchScript, Format::Safetensors}) {
            const fs::path path = in("net" + std::string(formats::extensionOf(format)));
            formats::writeModel(sample(), format, path);
            QVERIFY(fs::file_size(path) > 1000);
            const std::string card = contentOf(in("net.md"));
            QVERIFY(card.find(path.filename().string()) != std::string::npos);
        }
        QCOMPARE(filesIn(), 4);
    }

    void aSecondExportReplacesTheFirst() {
        ModelFile file = sample();
        formats::writeModel(file, Format::Safetensors, in("net.safetensors"));
        file.name = "the second";
        formats::writeModel(file, Format::Safetensors, in("net.safetensors"));
        QVERIFY(contentOf(in("net.md")).find("# the second\n") != std::string::npos);
        QVERIFY(contentOf(in("net.safetensors")).find("the second") != std::string::npos);
        QCOMPARE(filesIn(), 2);
    }

    void safetensorsHoldsTheWholeModel() {
        const ModelFile file = sample();
        formats::writeSafetensors(file, in("net.safetensors"));
        std::map<std::string, std::string> metadata;
        const auto weights = arch::decodeSafetensors(contentOf(in("net.safetensors")), "net", &metadata);
        const arch::Model model{arch::networkFromJson(Json::parse(metadata.at("network"))), weights};
        arch::validate(model);
        QVERIFY(arch::toJson(model.network) == arch::toJson(file.model.network));
        QCOMPARE(model.weights.size(), file.model.weights.size());
        for (const auto& [name, tensor] : file.model.weights)
            QVERIFY(weights.at(name).values == tensor.values);
        QCOMPARE(Json::parse(metadata.at("classes")).size(), file.classes.size());
    }

    void whatCannotBeWrittenLeavesNothing() {
        QVERIFY_THROWS_EXCEPTION(Error,
                                 formats::writeModel(sample(), Format::Onnx, in("no/such/folder/net.onnx")));
        fs::create_directory(in("folder.onnx")); // the card can be written here, the model cannot
        QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(sample(), Format::Onnx, in("folder.onnx")));
        QVERIFY(!fs::exists(in("folder.md")));
        fs::create_directory(in("net.md")); // here it is the card that cannot
        QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(sample(), Format::Onnx, in("net.onnx")));
        QVERIFY(!fs::exists(in("net.onnx")));
        QCOMPARE(filesIn(), 2); // the two folders
    }

    void aFailedExportKeepsTheEarlierCard() {
        formats::writeModel(sample(), Format::Onnx, in("net.onnx"));
        const std::string card = contentOf(in("net.md"));
        fs::remove(in("net.onnx"));
        fs::create_directory(in("net.onnx"));
        ModelFile other = sample();
        other.name = "other";
        QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(other, Format::Onnx, in("net.onnx")));
        QCOMPARE(contentOf(in("net.md")), card);
    }

    void keepsAMarkdownFileThatIsNoCard() {
        writeFile(in("README.md"), "# Mine\n");
        QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(sample(), Format::Onnx, in("README.onnx")));
        QCOMPARE(contentOf(in("README.md")), std::string("# Mine\n"));
        QVERIFY(!fs::exists(in("README.onnx")));
        QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(sample(), Format::Onnx, in("model.md")));
        QCOMPARE(filesIn(), 1);
    }

    void refusesAModelThatIsNotWhole() {
        ModelFile weightless = sample();
        weightless.model.weights.erase("classifier.weight");
        ModelFile nameless = sample();
        nameless.classes.pop_back();
        ModelFile image = sample();
        image.classes.clear();
        image.model.network.layers.resize(4);
        for (const ModelFile& file : {weightless, nameless, image})
            for (const Format format : {Format::Onnx, Format::TorchScript, Format::Safetensors})
                QVERIFY_THROWS_EXCEPTION(Error, formats::writeModel(file, format, in("net.bin")));
        QCOMPARE(filesIn(), 0);
    }

    void textThatIsNotUtf8StaysReadable() {
        ModelFile file = sample();
        file.classes[0] = "caf\xe9"; // a folder named in Latin-1
        const auto texts = formats::metadataOf(file);
        QCOMPARE(Json::parse(texts.at("classes")).at(0).get<std::string>(), std::string("caf\xef\xbf\xbd"));
        for (const Format format : {Format::Onnx, Format::TorchScript, Format::Safetensors})
            formats::writeModel(file, format, in("net.bin"));
    }

private:
    fs::path in(const std::string& name) const { return fs::path(folder_->path().toStdString()) / name; }
    int filesIn() const {
        return static_cast<int>(std::distance(fs::directory_iterator(in("")), fs::directory_iterator()));
    }

    std::optional<QTemporaryDir> folder_;
};

QTEST_APPLESS_MAIN(TestModelFile)
#include "test_model_file.moc"
