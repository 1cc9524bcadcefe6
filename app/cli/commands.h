// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace greenfront::cli {

// Each adds its subcommand; the callback that it sets does the work and throws greenfront::Error where it
// cannot.
void addCarbon(CLI::App& app);
void addReport(CLI::App& app);
void addHeadline(CLI::App& app);
void addPredictor(CLI::App& app);
void addSearch(CLI::App& app);
/// program: how this one was called
void addTune(CLI::App& app, const std::string& program);
void addSpace(CLI::App& app);
void addSpecialise(CLI::App& app);
void addData(CLI::App& app);
void addStudy(CLI::App& app);
void addRuns(CLI::App& app);
void addFront(CLI::App& app);
void addEvaluate(CLI::App& app);
void addExport(CLI::App& app);
void addBench(CLI::App& app);

/// `program`: what followed "--".
void addEnergy(CLI::App& app, std::vector<std::string> program);
/// Takes the program that `energy measure` runs off the arguments, so that nothing reads its options.
std::vector<std::string> takeProgram(int& argc, char** argv);

/// Below `bench`.
void addBenchMeter(CLI::App& bench);
void addBenchSearch(CLI::App& bench);
void addBenchStep(CLI::App& bench);

} // namespace greenfront::cli
