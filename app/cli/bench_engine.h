// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <CLI/CLI.hpp>

#include <filesystem>

namespace greenfront::cli {

/// Below `bench`: every number of the engine behind the searches.
void addBenchSearchEngine(CLI::App& bench);

// The parts of `bench search-engine`; each returns its numbers by name.

/// Milliseconds that a method takes for a trial.
OrderedJson benchCost();
/// Hypervolumes, contributions, sorting, expected improvement and the archive.
OrderedJson benchPareto();
/// Hypervolumes that NSGA-II finds of problems with a known front, in 5,000 evaluations; the median of 5
/// seeds.
OrderedJson benchProblems();
/// Of NAS-Bench-Macro's table, accuracy against operations: the share of the exact hypervolume that each
/// method finds in 200 evaluations, the median of 20 seeds. Throws Error where it is not that table.
OrderedJson benchTable(const std::filesystem::path& path);

} // namespace greenfront::cli
