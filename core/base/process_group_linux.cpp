// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process_group.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace greenfront {
namespace {

struct Process {
    int group = 0;
    double ticks = 0;
};

/// proc(5): behind the name, which may hold anything, the third field is the group; the twelfth to fifteenth
/// are the ticks of the process and of the children that it waited for.
std::optional<Process> readProcess(const std::filesystem::path& folder) {
    std::ifstream file(folder / "stat");
    std::string line;
    std::getline(file, line);
    const auto name = line.rfind(')');
    if (name == std::string::npos)
        return std::nullopt; // it has ended meanwhile
    std::istringstream fields(line.substr(name + 1));
    std::string skipped;
    Process process;
    fields >> skipped >> skipped >> process.group;
    for (int i = 0; i < 8; ++i)
        fields >> skipped;
    for (int i = 0; i < 4; ++i) {
        double ticks = 0;
        fields >> ticks;
        process.ticks += ticks;
    }
    if (!fields)
        return std::nullopt;
    return process;
}

bool isProcess(const std::filesystem::path& folder) {
    const std::string name = folder.filename().string();
    return std::ranges::all_of(name, [](unsigned char c) { return std::isdigit(c) != 0; });
}

} // namespace

std::optional<Seconds> groupProcessorTime(int group) {
    std::error_code error;
    double ticks = 0;
    for (std::filesystem::directory_iterator entry("/proc", error), end; !error && entry != end;
         entry.increment(error))
        if (isProcess(entry->path()))
            if (const auto process = readProcess(entry->path()); process && process->group == group)
                ticks += process->ticks;
    if (error)
        return std::nullopt;
    return Seconds(ticks / static_cast<double>(sysconf(_SC_CLK_TCK)));
}

} // namespace greenfront
