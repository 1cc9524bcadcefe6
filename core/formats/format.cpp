// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/model_file.h"

#include <array>

namespace greenfront::formats {
namespace {

struct Names {
    Format format;
    std::string_view text, extension;
};

constexpr std::array<Names, 3> known{{{Format::Onnx, "onnx", ".onnx"},
                                      {Format::TorchScript, "torchscript", ".pt"},
                                      {Format::Safetensors, "safetensors", ".safetensors"}}};

} // namespace

Format formatFrom(std::string_view text) {
    for (const Names& names : known)
        if (names.text == text)
            return names.format;
    throw Error("export", "model", "there is no format '" + std::string(text) + "'",
                "Use onnx, torchscript or safetensors");
}

std::string_view toText(Format format) {
    return known.at(static_cast<std::size_t>(format)).text;
}

std::string_view extensionOf(Format format) {
    return known.at(static_cast<std::size_t>(format)).extension;
}

} // namespace greenfront::formats
