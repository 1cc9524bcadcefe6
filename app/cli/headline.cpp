// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/headline.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/base/units.h"

#include <filesystem>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string name, workspace;
    study::HeadlineWish wish;
    bool json = false;
};

std::string number(const OrderedJson& json, const char* key, int decimals) {
    return json.at(key).is_number() ? fixedText(json.at(key).get<double>(), decimals) : "";
}

void print(const OrderedJson& result) {
    std::vector<std::vector<std::string>> table{
        {"devices", "way", "accuracy [%]", "latency_ms", "energy", "carbon", ""}};
    for (const OrderedJson& row : result.at("table"))
        for (const auto& [key, name] : {std::pair("once_for_all", "once for all"), {"alone", "each alone"}}) {
            const OrderedJson& side = row.at(key);
            table.push_back({row.at("devices").dump(), name, number(side, "accuracy", 2),
                             shortText(side.at("latency_ms").get<double>()),
                             toText(Joules(side.at("joules").get<double>())),
                             toText(GramsCO2e(side.at("grams").get<double>())),
                             side.at("extrapolated").get<bool>() ? "extrapolated" : "run"});
        }
    printTable(table);
    const OrderedJson& marginal = result.at("marginal");
    const auto joules = [&](const char* side) {
        return toText(Joules(marginal.at(side).at("joules").get<double>()));
    };
    std::cout << "\none more device takes " << joules("once_for_all") << ", or " << joules("alone")
              << " if its network is trained alone: " << shortText(marginal.at("ratio").get<double>())
              << " times as much\n";
}

void run(const Options& options) {
    namespace fs = std::filesystem;
    const study::Headline& headline = study::findHeadline(options.name);
    const fs::path path = options.workspace.empty() ? fs::path("headline-" + options.name + ".greenfront")
                                                    : fs::path(options.workspace);
    auto workspace = fs::exists(path) ? store::Workspace::open(path) : store::Workspace::create(path);
    Control control;
    const InterruptGuard guard(control);
    const OrderedJson result = headline.run(workspace, options.wish, control, progressPrinter());
    if (options.json)
        return printJson(result);
    print(result);
    std::cout << "everything is in " << path.string() << '\n';
}

} // namespace

void addHeadline(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("headline", "Reproduce what a technique claims, beside its baseline");
    const auto options = std::make_shared<Options>();
    std::string known;
    for (const study::Headline& headline : study::headlines())
        known += (known.empty() ? "" : "; ") + headline.name + ": " + headline.title;
    command->add_option("NAME", options->name, known)->required();
    command->add_option("--data", options->wish.data, "Data set, as for 'study new'")->capture_default_str();
    command->add_option("--workspace", options->workspace,
                        "Where its runs are kept (default: headline-NAME.greenfront); an earlier run is "
                        "taken up again");
    command->add_option("--set", options->wish.settings, "key=value of the study; may be repeated");
    command->add_option("--alone", options->wish.alone, "Networks to train each on their own, to compare")
        ->capture_default_str()
        ->check(CLI::Range(1, 40));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { run(*options); });
}

} // namespace greenfront::cli
