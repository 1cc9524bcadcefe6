// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/model_file.h"

#include <string>
#include <string_view>

namespace greenfront::formats {

/// A whole file in memory, so that it is written in one piece or not at all. Each expects what
/// checkExportable() accepted, and throws Error where the format's library refuses it.
std::string encodeOnnx(const ModelFile& file);
std::string encodeTorchScript(const ModelFile& file);
std::string encodeWeights(const ModelFile& file);

/// Throws Error unless the model is whole, ends in a vector and has a name for each class (or none for all).
void checkExportable(const ModelFile& file);

/// Valid UTF-8, with U+FFFD for what was not: class names may come from folders named in any encoding.
std::string cleanText(std::string_view text);
/// How the input is prepared, for a person.
std::string preprocessingOf(const ModelFile& file);

} // namespace greenfront::formats
