// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/runs.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/study/idle_baseline.h"

#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace;
    bool json = false;
};

OrderedJson energyJson(const store::RunRow& run, const std::vector<store::EnergyRow>& rows,
                       study::IdleBaselines& idle) {
    OrderedJson list = OrderedJson::array();
    for (const store::EnergyRow& row : rows) {
        const auto net = idle.net(run, row);
        list.push_back({{"source", row.source},
                        {"joules", row.joules.value},
                        {"provenance", toText(row.provenance)},
                        {"phase", row.phase},
                        {"low", row.low.value},
                        {"high", row.high.value},
                        {"seconds", row.seconds.value},
                        {"method", row.method},
                        {"net_joules", net ? OrderedJson(net->value.value) : OrderedJson()},
                        {"net_low", net ? OrderedJson(net->low.value) : OrderedJson()},
                        {"net_high", net ? OrderedJson(net->high.value) : OrderedJson()}});
    }
    return list;
}

std::string energyText(const store::RunRow& run, const std::vector<store::EnergyRow>& rows,
                       study::IdleBaselines& idle) {
    std::string text;
    for (const store::EnergyRow& row : rows) {
        const auto net = idle.net(run, row);
        text += (text.empty() ? "" : ", ") + row.phase + " " + greenfront::toText(row.joules) + " (" +
                std::string(toText(row.provenance)) + ", " + row.source +
                (net ? ", net " + greenfront::toText(net->value) : "") + ")";
    }
    return text;
}

void list(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    study::IdleBaselines idle(workspace);
    OrderedJson all = OrderedJson::array();
    std::vector<std::vector<std::string>> table{
        {"run", "study", "kind", "state", "started", "active", "energy", "note"}};
    for (const store::RunRow& run : store::allRuns(workspace)) {
        const auto energy = store::energyTotals(workspace, run.id);
        const std::string kind = run.subject.empty() ? run.kind : run.kind + " " + run.subject;
        table.push_back({std::to_string(run.id.value), std::to_string(run.study.value), kind,
                         std::string(toText(run.state)), run.started, greenfront::toText(run.seconds),
                         energyText(run, energy, idle), run.error.empty() ? run.note : run.error});
        all.push_back({{"run", run.id.value},
                       {"study", run.study.value},
                       {"kind", run.kind},
                       {"subject", run.subject},
                       {"state", toText(run.state)},
                       {"started", run.started},
                       {"seconds", run.seconds.value},
                       {"seed", run.seed},
                       {"energy", energyJson(run, energy, idle)},
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
