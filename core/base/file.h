// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront {

/// Reads a whole file of at most `limit` bytes; throws Error if it is missing, not a file or larger.
std::string readFile(const std::filesystem::path& path, Bytes limit);

/// Reads a file that may be gzip-compressed (told by its first two bytes, not by its name).
/// At most `limit` bytes come out, however much the compressed data would expand to; throws Error beyond.
std::string readMaybeGzip(const std::filesystem::path& path, Bytes limit);

/// Writes to a temporary neighbour and renames it, so that a failure leaves nothing half-written.
void writeFile(const std::filesystem::path& path, std::string_view content);
/// The same for formats whose library writes to a path of its own.
void writeFileWith(const std::filesystem::path& path,
                   const std::function<void(const std::filesystem::path& temporary)>& write);

} // namespace greenfront
