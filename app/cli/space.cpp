// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "core/arch/summary.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/open.h"
#include "core/study/study.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace greenfront::cli {
namespace {

struct Options {
    std::string study, space, data;
    bool json = false;
};

/// Of a document that holds a space, or a study with one.
Json spaceIn(const std::string& file) {
    const Json json = readJson(file);
    return json.is_object() && json.contains("format") ? study::studyFromJson(json, file).space : json;
}

void requireFit(const arch::SearchSpace& space, const std::string& path) {
    const auto dataset = data::open(path);
    const data::Info& info = dataset->info();
    const arch::Network largest = space.decode(space.largest());
    if (largest.input() != info.shape || largest.classes() != static_cast<int>(info.classes.size()))
        throw Error("use", path, "the search space is made for another image size or number of classes",
                    "Leave out --data, or name a kind of space with --space");
}

std::shared_ptr<const arch::SearchSpace> spaceOf(const Options& options) {
    if (!options.study.empty())
        return arch::makeSpace(spaceIn(options.study));
    const auto kinds = arch::spaceKinds();
    const bool isKind = std::ranges::find(kinds, options.space) != kinds.end();
    if (options.data.empty()) {
        if (isKind || options.space.empty())
            throw Error("show", "a search space", "it is scaled to data, and none is given",
                        "Add --data PATH, or --data builtin");
        return arch::makeSpace(spaceIn(options.space));
    }
    study::Study study = study::newStudy(options.data);
    if (isKind)
        study::setSpace(study, options.space);
    else if (!options.space.empty()) {
        auto space = arch::makeSpace(spaceIn(options.space));
        requireFit(*space, options.data);
        return space;
    }
    return arch::makeSpace(study.space);
}

std::string sizeText(const Shape& input) {
    return std::to_string(input.height) + " x " + std::to_string(input.width);
}

void show(const Options& options) {
    const arch::SpaceSummary summary = arch::summaryOf(*spaceOf(options));
    if (options.json) {
        printJson(arch::toJson(summary));
        return;
    }
    std::cout << summary.kind << ": " << arch::networksText(summary.networks)
              << (summary.networks == 1 ? " network\n" : " networks\n");
    std::vector<std::vector<std::string>> table{
        {"network", "parameters", "macs", "peak activations", "resolution"}};
    for (const auto& [name, end] : {std::pair{"smallest", summary.smallest}, {"largest", summary.largest}})
        table.push_back({name, countText(end.costs.parameters), countText(end.costs.macs),
                         greenfront::toText(end.costs.peakMemory), sizeText(end.input)});
    printTable(table);
}

} // namespace

void addSpace(CLI::App& app) {
    CLI::App* space = app.add_subcommand("space", "Look at spaces of networks");
    space->require_subcommand(1);
    CLI::App* command = space->add_subcommand(
        "show", "How many networks a space has, and what its smallest and its largest cost");
    const auto options = std::make_shared<Options>();
    auto* study = command->add_option("STUDY", options->study, "A study's JSON file, or a space's");
    command
        ->add_option("--space", options->space,
                     "Kind of space (" + join(arch::spaceKinds(), ", ") + "), or a space's JSON file")
        ->excludes(study);
    command->add_option("--data", options->data, "Data set that a kind is scaled to, or 'builtin'")
        ->excludes(study);
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { show(*options); });
}

} // namespace greenfront::cli
