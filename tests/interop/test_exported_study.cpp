// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/program.h"
#include "core/arch/weights.h"
#include "core/base/file.h"
#include "core/data/open.h"
#include "core/nn/model.h"
#include "reader_is_there.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <numeric>

using namespace greenfront;

/// A study's network, exported, in the hands of other people's runtimes: on all test images the same logits
/// to 1e-4 and the same class.
class TestExportedStudy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    std::shared_ptr<const data::Dataset> data_;
    std::vector<float> images_;
    std::vector<float> expected_;
    double accuracy_ = 0;

    QString path(const char* name) const { return folder_.filePath(name); }
    QString exported(const char* format) const { return path(format); }

    static std::size_t classOf(std::span<const float> logits) {
        return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
    }

    void compare(const std::vector<float>& logits) const {
        QCOMPARE(logits.size(), expected_.size());
        const std::size_t classes = data_->info().classes.size();
        const auto labels = data_->labels(data::Part::Test);
        std::size_t correct = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto theirs = std::span(logits).subspan(i * classes, classes);
            const auto ours = std::span(expected_).subspan(i * classes, classes);
            for (std::size_t c = 0; c < classes; ++c)
                QVERIFY(std::abs(theirs[c] - ours[c]) <= 1e-4F);
            QCOMPARE(classOf(theirs), classOf(ours));
            correct += classOf(theirs) == static_cast<std::size_t>(labels[i]) ? 1 : 0;
        }
        QCOMPARE(100.0 * static_cast<double>(correct) / static_cast<double>(labels.size()), accuracy_);
    }

private slots:
    void initTestCase() {
        const QString usps = qEnvironmentVariable("GREENFRONT_TEST_DATA") + "/usps";
        const QString source = QDir(usps).exists() ? usps : "builtin:samples=1200,size=16,seed=1";
        data_ = data::open(source.toStdString());
        using testing::runCli;
        QCOMPARE(
            runCli({"study", "new", "--data", source, "--out", path("study.json"), "--set", "epochs=1",
                    "--set", "evaluations=3", "--set", "latency_limit=0.02", "--set", "devices=this-machine"})
                .status,
            0);
        const QString workspace = path("w.greenfront");
        QCOMPARE(runCli({"study", "run", path("study.json"), "--workspace", workspace}).status, 0);
        const auto points = runCli({"front", workspace, "--json"}).json()["points"].toArray();
        const QString candidate = QString::number(points.last()["candidate"].toInt());
        for (const char* format : {"onnx", "torchscript", "safetensors"})
            QCOMPARE(runCli({"export", workspace, candidate, "--format", format, "--out", exported(format)})
                         .status,
                     0);
        accuracy_ = runCli({"evaluate", workspace, "--network", candidate, "--part", "test", "--json"})
                        .json()["accuracy"]
                        .toDouble();

        std::vector<std::size_t> all(data_->size(data::Part::Test));
        std::iota(all.begin(), all.end(), std::size_t{0});
        images_.resize(all.size() * data_->info().shape.size());
        data_->copyRaw(data::Part::Test, all, images_);
        std::map<std::string, std::string> metadata;
        arch::Model model;
        model.weights = arch::decodeSafetensors(readFile(exported("safetensors").toStdString(), Bytes(1e9)),
                                                "model", &metadata);
        model.network = arch::networkFromJson(parseJson(metadata.at("network"), "network"));
        expected_ = nn::Model(model).logits(images_);
    }

    void our_own_reader_agrees_with_the_study() { compare(expected_); }

    void onnx_runtime_agrees() {
        if (interop::readerIsThere(interop::missingOnnxRuntime()))
            compare(interop::runOnnx(exported("onnx").toStdString(), images_, data_->info().shape));
    }

    void pythons_torch_agrees() {
        if (interop::readerIsThere(interop::missingTorch()))
            compare(
                interop::runTorchScript(exported("torchscript").toStdString(), images_, data_->info().shape)
                    .logits);
    }
};

QTEST_GUILESS_MAIN(TestExportedStudy)
#include "test_exported_study.moc"
