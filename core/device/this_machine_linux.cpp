// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/device/this_machine.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string_view>

namespace greenfront::device {
namespace {

/// The value behind "key : value" in the first line that has it; empty if none of the first lines does.
std::string valueOf(const char* file, std::string_view wanted) {
    std::ifstream stream(file);
    std::string line;
    for (int i = 0; i < 4096 && std::getline(stream, line); ++i) {
        const auto colon = line.find(':');
        if (colon != std::string::npos && trimmed(std::string_view(line).substr(0, colon)) == wanted)
            return std::string(trimmed(std::string_view(line).substr(colon + 1)));
    }
    return {};
}

} // namespace

std::string processorName() {
    // x86 names the processor, Arm boards the board, and some only the system on the chip.
    for (const auto* key : {"model name", "Model", "Hardware"}) {
        std::string name = valueOf("/proc/cpuinfo", key);
        if (!name.empty() && name.size() <= 120)
            return name;
    }
    return {};
}

Bytes physicalMemory() {
    const std::string text = valueOf("/proc/meminfo", "MemTotal"); // "16384000 kB"
    double kibibytes = 0;
    std::from_chars(text.data(), text.data() + text.size(), kibibytes);
    return Bytes(std::max(0.0, kibibytes) * 1024);
}

} // namespace greenfront::device
