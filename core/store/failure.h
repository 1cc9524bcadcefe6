// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <string>

struct sqlite3;

namespace greenfront::store {

/// Turns what SQLite reports into an Error that names the workspace and what to do. `doing` is a verb:
/// "open". Call it before anything else is asked of the connection.
[[noreturn]] void throwFailure(sqlite3* handle, int code, const std::string& doing,
                               const std::filesystem::path& path);

/// For content that no version of Greenfront writes.
[[noreturn]] void throwDamaged(const std::filesystem::path& path, const std::string& what);

} // namespace greenfront::store
