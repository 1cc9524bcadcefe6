// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

/// The Pareto front of any table of points.
void addPareto(CLI::App& app);

} // namespace greenfront::cli
