// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <CLI/CLI.hpp>

namespace greenfront::cli {

/// Below `bench`: every number of the engine behind the searches.
void addBenchSearchEngine(CLI::App& bench);

// The parts of `bench search-engine`, which lists them; each returns its numbers by name.

/// Hypervolumes, contributions, sorting, expected improvement and the archive.
OrderedJson benchPareto();

} // namespace greenfront::cli
