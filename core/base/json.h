// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace greenfront {

using Json = nlohmann::json;
/// Keeps the order of keys, for documents that people read.
using OrderedJson = nlohmann::ordered_json;

/// Parses text from outside; a syntax error becomes an Error that names the subject and the place.
Json parseJson(std::string_view text, const std::string& subject);
/// Reads at most 64 MiB.
Json readJson(const std::filesystem::path& path);

} // namespace greenfront
