// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carbon.h"

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/energy/grid.h"

#include <algorithm>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string text;
    bool json = false;
};

bool contains(std::string_view where, std::string_view what) {
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    return std::search(where.begin(), where.end(), what.begin(), what.end(), same) != where.end();
}

void listRegions(const Options& options) {
    OrderedJson all = OrderedJson::array();
    std::vector<std::vector<std::string>> table{
        {"region", "place", "g CO2e/kWh", "year", "source", "licence"}};
    for (const energy::GridIntensity& grid : energy::knownGrids()) {
        if (!contains(grid.code, options.text) && !contains(grid.place, options.text))
            continue;
        table.push_back({grid.code, grid.place, numberText(grid.value.value), std::to_string(grid.year),
                         grid.source, grid.licence});
        all.push_back({{"region", grid.code},
                       {"place", grid.place},
                       {"provider", grid.provider},
                       {"g_co2e_per_kwh", grid.value.value},
                       {"year", grid.year},
                       {"annual", grid.annual},
                       {"source", grid.source},
                       {"licence", grid.licence}});
    }
    if (options.json)
        printJson(all);
    else
        printTable(table);
}

} // namespace

void addCarbon(CLI::App& app) {
    CLI::App* carbon = app.add_subcommand("carbon", "Carbon: regions, timing, what if, break-even");
    carbon->require_subcommand(1);
    CLI::App* regions =
        carbon->add_subcommand("regions", "Carbon intensity of countries and cloud regions, annual averages");
    const auto options = std::make_shared<Options>();
    regions->add_option("TEXT", options->text, "Only those whose code or name holds this");
    regions->add_flag("--json", options->json, "Print one JSON document");
    regions->callback([options] { listRegions(*options); });
    addSchedule(*carbon);
    addWhatIf(*carbon);
    addBreakEven(*carbon);
}

} // namespace greenfront::cli
