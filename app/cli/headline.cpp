// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/headline.h"

#include "app/cli/commands.h"
#include "app/cli/headline_tables.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"

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
    printHeadline(result);
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
    command
        ->add_option("--alone", options->wish.alone,
                     "Networks to train each on their own, to compare: of parsec random picks")
        ->capture_default_str()
        ->check(CLI::Range(1, 40));
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { run(*options); });
}

} // namespace greenfront::cli
