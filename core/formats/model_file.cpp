// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/model_file.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/encode.h"

#include <optional>

namespace greenfront::formats {
namespace fs = std::filesystem;
namespace {

constexpr Bytes mostCardBytes(16.0 * 1024 * 1024);

std::string encode(const ModelFile& file, Format format) {
    checkExportable(file);
    switch (format) {
    case Format::Onnx:
        return encodeOnnx(file);
    case Format::TorchScript:
        return encodeTorchScript(file);
    case Format::Safetensors:
        return encodeWeights(file);
    }
    throw Error("export", file.name, "there is no such format");
}

/// The card of an earlier export, or nothing; throws Error where somebody else's file would be lost.
std::optional<std::string> earlierCard(const fs::path& path) {
    std::error_code code;
    if (!fs::exists(path, code))
        return std::nullopt;
    std::string content = readFile(path, mostCardBytes);
    if (!content.starts_with("---\n") || content.find("\n- greenfront\n") == std::string::npos)
        throw Error("write", path.string(),
                    "the model card belongs there, and a file of other origin is there",
                    "Choose another name for the model, or move that file");
    return content;
}

void putBack(const fs::path& path, const std::optional<std::string>& content) {
    if (content) {
        writeFile(path, *content);
    } else {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
}

} // namespace

void checkExportable(const ModelFile& file) {
    arch::validate(file.model);
    const Shape& out = file.model.network.layers.back().output;
    if (out.height != 1 || out.width != 1)
        throw Error("export", file.name, "its last layer gives an image instead of a number for each class",
                    "Export a model of a search space for classification");
    if (!file.classes.empty() && file.classes.size() != static_cast<std::size_t>(out.channels))
        throw Error("export", file.name,
                    "it tells " + std::to_string(out.channels) + " classes apart, but " +
                        std::to_string(file.classes.size()) + " have a name",
                    "Export it with the data set that it was trained on");
}

std::string encodeWeights(const ModelFile& file) {
    auto metadata = metadataOf(file);
    metadata["network"] =
        arch::toJson(file.model.network).dump(-1, ' ', false, Json::error_handler_t::replace);
    return arch::encodeSafetensors(file.model.weights, metadata);
}

void writeModel(const ModelFile& file, Format format, const fs::path& path) {
    const fs::path card = fs::path(path).replace_extension(".md");
    if (card == path)
        throw Error("export", path.string(), "that is the name of its model card",
                    "Use a name that ends in " + std::string(extensionOf(format)));
    const auto earlier = earlierCard(card);
    const std::string content = encode(file, format);
    writeFile(card, modelCard(file, format, path.filename().string()));
    try {
        writeFile(path, content);
    } catch (...) {
        putBack(card, earlier);
        throw;
    }
}

void writeOnnx(const ModelFile& file, const fs::path& path) {
    writeFile(path, encode(file, Format::Onnx));
}

void writeTorchScript(const ModelFile& file, const fs::path& path) {
    writeFile(path, encode(file, Format::TorchScript));
}

void writeSafetensors(const ModelFile& file, const fs::path& path) {
    writeFile(path, encode(file, Format::Safetensors));
}

} // namespace greenfront::formats
