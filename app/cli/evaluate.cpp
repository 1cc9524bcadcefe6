// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/study/results.h"

#include <iostream>
#include <map>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, network;
    data::Part part = data::Part::Validation;
    std::int64_t study = 0;
    bool json = false;
};

void evaluate(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    Control control;
    const InterruptGuard guard(control);
    const auto choice =
        study::chooseNetwork(workspace, chooseStudy(workspace, options.study), options.network);
    const study::Evaluation result = study::evaluateNetwork(workspace, choice, options.part, control);
    if (options.json)
        printJson({{"accuracy", result.accuracy}, {"samples", result.samples}});
    else
        std::cout << fixedText(result.accuracy, 2) << " % of " << result.samples << " samples of the "
                  << data::toText(options.part) << " part\n";
}

} // namespace

void addEvaluate(CLI::App& app) {
    CLI::App* command = app.add_subcommand("evaluate", "Accuracy of one network of a trained study");
    const auto options = std::make_shared<Options>();
    const std::map<std::string, data::Part> parts{{"validation", data::Part::Validation},
                                                  {"test", data::Part::Test}};
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--network", options->network, "largest, smallest or a candidate's number")
        ->required();
    command->add_option("--part", options->part, "validation or test")
        ->transform(CLI::CheckedTransformer(parts))
        ->required();
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { evaluate(*options); });
}

} // namespace greenfront::cli
