// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

// Each adds its subcommand; the callback that it sets does the work and throws greenfront::Error where it
// cannot.
void addCarbon(CLI::App& app);
void addReport(CLI::App& app);
void addData(CLI::App& app);
void addStudy(CLI::App& app);
void addRuns(CLI::App& app);
void addFront(CLI::App& app);
void addEvaluate(CLI::App& app);
void addExport(CLI::App& app);
void addBench(CLI::App& app);

} // namespace greenfront::cli
