// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <CLI/CLI.hpp>

namespace greenfront::cli {

/// Trials that other programs ran, as studies of a workspace.
void addImport(CLI::App& app);

} // namespace greenfront::cli
