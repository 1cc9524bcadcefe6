// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

/// Below `energy`, which is made if it is not there yet.
void addPredictions(CLI::App& app);

} // namespace greenfront::cli
