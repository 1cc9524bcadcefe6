// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::energy {

/// The folder that an environment variable names, or the system's own.
std::filesystem::path treeRoot(const char* variable, const char* systems);

/// A number in a file of the kernel's trees; nothing if it cannot be read or is negative.
std::optional<std::uint64_t> readCount(const std::filesystem::path& file);
/// The first line, at most 64 bytes and without the blanks around it; empty if it cannot be read.
std::string readLine(const std::filesystem::path& file);

/// Sorted; empty where there is no such folder.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);

/// Why readCount() had nothing, naming the file and, where permission is missing, the command that gives it
/// for `pattern`, which a shell expands.
std::string whyUnreadable(const std::filesystem::path& file, const std::filesystem::path& pattern);
/// The command in what whyUnreadable() said; empty where there is none.
std::string commandIn(const std::string& reason);

} // namespace greenfront::energy
