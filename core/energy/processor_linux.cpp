// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

#include "core/base/text.h"

#include <ctime>
#include <fstream>

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

std::optional<Seconds> processorTime() {
    const auto ticks = std::clock(); // of all threads, as POSIX has it; other systems count elapsed time
    if (ticks == static_cast<std::clock_t>(-1))
        return std::nullopt;
    return Seconds(static_cast<double>(ticks) / CLOCKS_PER_SEC);
}

} // namespace greenfront::energy
