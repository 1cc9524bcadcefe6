// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/readers.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <cstring>
#include <stdexcept>

namespace greenfront::interop {
namespace {

constexpr int timeoutMs = 120'000;

QString setting(const char* variable, const QString& otherwise) {
    const QString value = qEnvironmentVariable(variable);
    return value.isEmpty() ? otherwise : value;
}

QString modules() {
    return setting("GREENFRONT_INTEROP_DIR", QStringLiteral(GREENFRONT_INTEROP_DIR));
}

QString python() {
    return setting("GREENFRONT_PYTHON", QFile::exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3");
}

QString script(const char* name) {
    return QStringLiteral(GREENFRONT_INTEROP_SCRIPTS "/") + name;
}

/// What the program prints.
QByteArray run(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    const bool ended = process.waitForStarted() && process.waitForFinished(timeoutMs);
    if (!ended || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        throw std::runtime_error((program + " " + arguments.value(0) + ": " + process.errorString() + "\n" +
                                  QString::fromUtf8(process.readAllStandardError()))
                                     .toStdString());
    return process.readAllStandardOutput();
}

bool works(const QString& program, const QStringList& arguments) {
    try {
        run(program, arguments);
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

/// Inputs in a file for a reader, and its logits from another.
class Exchange {
public:
    explicit Exchange(std::span<const float> inputs) {
        QFile file(inputsPath());
        const auto bytes = std::as_bytes(inputs);
        const auto size = static_cast<qint64>(bytes.size());
        if (!file.open(QIODevice::WriteOnly) ||
            file.write(reinterpret_cast<const char*>(bytes.data()), size) != size)
            throw std::runtime_error("cannot write the inputs: " + file.errorString().toStdString());
    }

    QString inputsPath() const { return folder_.filePath("inputs.f32"); }
    QString logitsPath() const { return folder_.filePath("logits.f32"); }

    std::vector<float> logits() const {
        QFile file(logitsPath());
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("the reader wrote no logits");
        const QByteArray bytes = file.readAll();
        std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
        return values;
    }

private:
    QTemporaryDir folder_;
};

QString pathText(const std::filesystem::path& path) {
    return QString::fromStdString(std::filesystem::absolute(path).string());
}

QString sizes(Shape sample) {
    return QStringLiteral("%1,%2,%3").arg(sample.channels).arg(sample.height).arg(sample.width);
}

} // namespace

std::optional<std::string> missingOnnxRuntime() {
    static const bool there = works(
        "node",
        {"-e", "require(require('path').join(process.argv[1], 'node_modules/onnxruntime-node'))", modules()});
    if (there)
        return std::nullopt;
    return "ONNX Runtime for Node is not in " + modules().toStdString() +
           ": install node and run packaging/install-interop.sh";
}

std::optional<std::string> missingTorch() {
    static const bool there = works(
        python(),
        {"-c", "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, ['numpy', 'torch'])))"});
    if (there)
        return std::nullopt;
    return python().toStdString() +
           " has no torch: on Debian, apt-get install python3-torch; elsewhere name a "
           "Python that has it in GREENFRONT_PYTHON";
}

bool interopRequired() {
    return qEnvironmentVariable("GREENFRONT_REQUIRE_INTEROP") == "1";
}

std::vector<float> runOnnx(const std::filesystem::path& model, std::span<const float> inputs, Shape sample) {
    const Exchange exchange(inputs);
    run("node", {script("run_onnx.mjs"), modules(), pathText(model), exchange.inputsPath(),
                 exchange.logitsPath(), sizes(sample)});
    return exchange.logits();
}

TorchScriptResult runTorchScript(const std::filesystem::path& model, std::span<const float> inputs,
                                 Shape sample) {
    const Exchange exchange(inputs);
    const QByteArray said = run(python(), {script("run_torchscript.py"), pathText(model),
                                           exchange.inputsPath(), exchange.logitsPath(), sizes(sample)});
    return {exchange.logits(), Json::parse(said.toStdString())};
}

Json readSafetensors(const std::filesystem::path& model) {
    return Json::parse(run(python(), {script("read_safetensors.py"), pathText(model)}).toStdString());
}

} // namespace greenfront::interop
