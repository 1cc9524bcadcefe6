// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/energy_idle.h"

#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/study/idle_baseline.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace;
    double seconds = 30;
    bool json = false;
};

void print(const std::vector<store::IdlePowerRow>& rows) {
    std::vector<std::vector<std::string>> table{{"source", "idle", "from", "to", "provenance"}};
    for (const store::IdlePowerRow& row : rows)
        table.push_back({row.source, greenfront::toText(row.power), greenfront::toText(row.low),
                         greenfront::toText(row.high), std::string(toText(row.provenance))});
    printTable(table);
    std::cout << "Kept for this machine: 'greenfront-cli runs' and the carbon page now tell gross and net "
                 "apart.\n";
}

void printAsJson(const std::vector<store::IdlePowerRow>& rows, double seconds) {
    OrderedJson sources = OrderedJson::array();
    for (const store::IdlePowerRow& row : rows)
        sources.push_back({{"source", row.source},
                           {"watts", row.power.value},
                           {"low", row.low.value},
                           {"high", row.high.value},
                           {"provenance", toText(row.provenance)},
                           {"method", row.method}});
    printJson({{"seconds", seconds}, {"sources", sources}});
}

void measure(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace);
    Control control;
    const InterruptGuard guard(control);
    const auto rows = study::measureAndKeepIdle(workspace, Seconds(options.seconds), control);
    if (options.json)
        printAsJson(rows, options.seconds);
    else
        print(rows);
}

} // namespace

void addIdle(CLI::App& energy) {
    CLI::App* command = energy.add_subcommand(
        "idle", "Measure what this machine draws while nothing is done, and keep it in the workspace");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--seconds", options->seconds, "How long it is measured")
        ->check(CLI::Range(0.1, 3600.0))
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { measure(*options); });
}

} // namespace greenfront::cli
