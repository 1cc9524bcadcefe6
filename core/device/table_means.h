// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <utility>
#include <vector>

namespace greenfront::device {

/// The "mean" behind each key of a latency table in YAML. Throws Error naming the file: no YAML, no number,
/// not above 0, or no reader for YAML in this build.
std::vector<std::pair<std::string, double>> meansOfTable(const std::string& text, const std::string& file);
[[noreturn]] void refuseTable(const std::string& file, const std::string& reason);

} // namespace greenfront::device
