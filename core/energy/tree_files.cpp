// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/tree_files.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fstream>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view beforeCommand = ". To allow it until the next start: ";

} // namespace

fs::path treeRoot(const char* variable, const char* systems) {
    const char* root = std::getenv(variable);
    return root != nullptr && *root != '\0' ? root : systems;
}

std::optional<std::uint64_t> readCount(const fs::path& file) {
    std::ifstream in(file);
    std::int64_t count = 0; // unsigned ones would read "-1" as a large number
    if (!(in >> count) || count < 0)
        return std::nullopt;
    return static_cast<std::uint64_t>(count);
}

std::string readLine(const fs::path& file) {
    std::ifstream in(file);
    std::array<char, 65> line{};
    in.getline(line.data(), line.size());
    return std::string(trimmed(line.data()));
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
    constexpr std::size_t most = 4096; // more than any machine has sensors
    std::vector<fs::path> entries;
    std::error_code code;
    for (fs::directory_iterator at(folder, code), end; !code && at != end && entries.size() < most;
         at.increment(code))
        entries.push_back(at->path());
    std::ranges::sort(entries);
    return entries;
}

std::string whyUnreadable(const fs::path& file, const fs::path& pattern) {
    errno = 0;
    const std::ifstream in(file);
    if (!in && errno == EACCES)
        return "You may not read " + file.string() + std::string(beforeCommand) + "sudo chmod a+r " +
               pattern.string();
    return file.string() + " cannot be read as a number";
}

std::string commandIn(const std::string& reason) {
    const auto at = reason.find(beforeCommand);
    return at == std::string::npos ? std::string() : reason.substr(at + beforeCommand.size());
}

} // namespace greenfront::energy
