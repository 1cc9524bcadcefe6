// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

/// `energy idle`
void addIdle(CLI::App& energy);

} // namespace greenfront::cli
