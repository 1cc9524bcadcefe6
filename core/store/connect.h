// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace greenfront::store {

/// "GRFT", at offset 68 of the file: what SQLite sets aside for telling applications' files apart.
constexpr std::int32_t applicationId = 0x47524654;

/// Makes an empty database file.
Connection connectNew(const std::filesystem::path& path);
/// Opens a file that is there, and checks that it is a Greenfront workspace (of whatever version).
Connection connect(const std::filesystem::path& path, Access access);

/// A connection without any checks or settings, for other files of SQLite. `flags` as for sqlite3_open_v2;
/// `system`: the name of SQLite's virtual file system, or null for the usual one.
Connection connectPlain(const std::string& name, int flags, const char* system = nullptr);

std::string utf8(const std::filesystem::path& path);
std::filesystem::path withSuffix(const std::filesystem::path& path, const char* suffix);

} // namespace greenfront::store
