// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/runs.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"

#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace;
    bool json = false;
};

OrderedJson energyJson(const std::vector<store::EnergyRow>& rows) {
    OrderedJson list = OrderedJson::array();
    for (const store::EnergyRow& row : rows)
        list.push_back({{"source", row.source},
                        {"joules", row.joules.value},
                        {"provenance", toText(row.provenance)},
                        {"phase", row.phase},
                        {"low", row.low.value},
                        {"high", row.high.value},
                        {"seconds", row.seconds.value},
                        {"method", row.method}});
    return list;
}

std::string energyText(const std::vector<store::EnergyRow>& rows) {
    std::string text;
    for (const store::EnergyRow& row : rows)
        text += (text.empty() ? "" : ", ") + row.phase + " " + greenfront::toText(row.joules) + " (" +
                std::string(toText(row.provenance)) + ", " + row.source + ")";
    return text;
}

void list(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    OrderedJson all = OrderedJson::array();
    std::vector<std::vector<std::string>> table{
        {"run", "study", "kind", "state", "started", "active", "energy"}};
    for (const store::RunRow& run : store::allRuns(workspace)) {
        const auto energy = store::energyTotals(workspace, run.id);
        const std::string kind = run.subject.empty() ? run.kind : run.kind + " " + run.subject;
        table.push_back({std::to_string(run.id.value), std::to_string(run.study.value), kind,
                         std::string(toText(run.state)), run.started, greenfront::toText(run.seconds),
                         energyText(energy)});
        all.push_back({{"run", run.id.value},
                       {"study", run.study.value},
                       {"kind", run.kind},
                       {"subject", run.subject},
                       {"state", toText(run.state)},
                       {"started", run.started},
                       {"seconds", run.seconds.value},
                       {"seed", run.seed},
                       {"energy", energyJson(energy)},
                       {"parameters", run.parameters},
                       {"versions", run.versions},
                       {"error", run.error},
                       {"note", run.note}});
    }
    if (options.json)
        printJson(all);
    else
        printTable(table);
}

} // namespace

void addRuns(CLI::App& app) {
    CLI::App* command = app.add_subcommand("runs", "List the runs of a workspace with their energy");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { list(*options); });
}

} // namespace greenfront::cli
