// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/bench_engine.h"
#include "app/cli/commands.h"

namespace greenfront::cli {

void addBench(CLI::App& app) {
    CLI::App* bench = app.add_subcommand("bench", "Measure how fast Greenfront works on this machine");
    bench->require_subcommand(1);
    addBenchMeter(*bench);
    addBenchSearch(*bench);
    addBenchSearchEngine(*bench);
    addBenchStep(*bench);
}

} // namespace greenfront::cli
