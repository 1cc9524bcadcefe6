// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

// The parts of 'carbon', each in a file of its own.
void addSchedule(CLI::App& carbon);
void addWhatIf(CLI::App& carbon);
void addBreakEven(CLI::App& carbon);

} // namespace greenfront::cli
