// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

#include "core/base/text.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace greenfront::energy {

std::string processorName() {
    std::ifstream in("/proc/cpuinfo");
    for (std::string line; std::getline(in, line);) {
        const auto colon = line.find(':');
        if (colon != std::string::npos && trimmed(std::string_view(line).substr(0, colon)) == "model name")
            return std::string(trimmed(std::string_view(line).substr(colon + 1)));
    }
    return {};
}

std::optional<MachineLoad> machineLoad() {
    // proc(5): "cpu" is the sum, "cpu0", "cpu1" ... one line a hardware thread; guests are within user and
    // nice.
    std::ifstream in("/proc/stat");
    MachineLoad load{Seconds(0), 0};
    bool found = false;
    for (std::string line; std::getline(in, line) && line.starts_with("cpu");) {
        if (!line.starts_with("cpu ")) {
            ++load.threads;
            continue;
        }
        std::istringstream fields(line.substr(4));
        std::int64_t user = 0, nice = 0, system = 0, idle = 0, waiting = 0, hard = 0, soft = 0;
        found = static_cast<bool>(fields >> user >> nice >> system >> idle >> waiting >> hard >> soft);
        const auto ticks = static_cast<double>(user + nice + system + hard + soft);
        load.busy = Seconds(ticks / static_cast<double>(sysconf(_SC_CLK_TCK)));
    }
    return found && load.threads > 0 ? std::optional(load) : std::nullopt;
}

std::optional<Bytes> memorySize() {
    const auto pages = sysconf(_SC_PHYS_PAGES);
    const auto size = sysconf(_SC_PAGESIZE);
    if (pages <= 0 || size <= 0)
        return std::nullopt;
    return Bytes(static_cast<double>(pages) * static_cast<double>(size));
}

} // namespace greenfront::energy
