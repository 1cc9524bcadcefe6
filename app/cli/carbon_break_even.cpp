// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carbon.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/candidates.h"
#include "core/study/carbon.h"
#include "core/study/devices.h"
#include "core/study/results.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, first, second, device = "this-machine";
    bool json = false;
};

/// Of a candidate of any study of the workspace, under its own study's assumptions.
energy::CarbonLine lineOf(store::Workspace& workspace, const std::string& which, const Options& options) {
    const auto choice = study::chooseNetwork(workspace, StudyId{}, which);
    const auto settings = study::carbonSettings(study::loadStudy(workspace, choice.study));
    const auto account = study::accountOf(workspace, choice.study);
    const auto metrics = store::metricsFor(workspace, choice.study, options.device);
    const auto input = study::lifecycleInput(settings, account, study::findDevice(workspace, options.device),
                                             metrics.at(*choice.candidate));
    if (!input)
        throw Error("compare", "candidate " + which, "its energy on " + options.device + " is not known",
                    "Name another device with --device");
    return energy::lineOf(*input);
}

OrderedJson lineJson(const std::string& which, const energy::CarbonLine& line) {
    return {{"candidate", std::stoll(which)},
            {"fixed_g", line.fixed.value},
            {"g_per_inference", line.perInference.value}};
}

void answer(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    for (const std::string& which : {options.first, options.second})
        if (which == "largest" || which == "smallest")
            throw Error("compare", "network '" + which + "'", "it is no candidate that was measured",
                        "Give a candidate's number from 'greenfront-cli front'");
    const auto first = lineOf(workspace, options.first, options);
    const auto second = lineOf(workspace, options.second, options);
    const auto inferences = energy::breakEven(first, second);
    if (options.json) {
        printJson({{"device", options.device},
                   {"models", {lineJson(options.first, first), lineJson(options.second, second)}},
                   {"inferences", inferences ? OrderedJson(*inferences) : OrderedJson()}});
        return;
    }
    printTable({{"candidate", "made for", "an inference"},
                {options.first, toText(first.fixed), toText(first.perInference)},
                {options.second, toText(second.fixed), toText(second.perInference)}});
    const std::string& dearer = first.fixed > second.fixed ? options.first : options.second;
    if (!inferences)
        std::cout << "Candidate " << dearer << " cost more to make and saves nothing in use: never.\n";
    else if (*inferences == 0)
        std::cout
            << "Both cost the same to make: the one with the cheaper inference is greener from the first.\n";
    else
        std::cout << "Candidate " << dearer << " is the greener one after " << countText(*inferences)
                  << " inferences on all devices together.\n";
}

} // namespace

void addBreakEven(CLI::App& carbon) {
    CLI::App* command = carbon.add_subcommand(
        "break-even", "After how many inferences the model that cost more to make is the greener one");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("FIRST", options->first, "A candidate's number")->required();
    command->add_option("SECOND", options->second, "Another candidate's number, of any study")->required();
    command->add_option("--device", options->device, "On which the models run")->capture_default_str();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { answer(*options); });
}

} // namespace greenfront::cli
