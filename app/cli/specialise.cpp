// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/specialise.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/text.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, objective = "max:accuracy";
    std::vector<std::string> devices, limits;
    std::int64_t study = 0;
    int evaluations = 0;
    bool json = false;
};

/// A device's choice with its accuracy on the test part, which no search has seen.
struct Pick {
    study::Choice choice;
    study::Evaluation test;
};

OrderedJson asJson(const Pick& pick) {
    const auto& metrics = pick.choice.point.metrics;
    OrderedJson all = OrderedJson::object();
    for (const auto& [name, metric] : metrics)
        all[name] = {
            {"value", metric.value}, {"unit", metric.unit}, {"provenance", toText(metric.provenance)}};
    return {{"device", pick.choice.device},
            {"candidate", pick.choice.point.candidate.value},
            {"genotype", pick.choice.point.genotype},
            {"accuracy", metrics.at("accuracy").value},
            {"test_accuracy", pick.test.accuracy},
            {"latency_ms", metrics.at("latency_ms").value},
            {"feasible", pick.choice.feasible},
            {"considered", pick.choice.considered},
            {"metrics", all}};
}

void print(const std::vector<Pick>& picks) {
    std::vector<std::vector<std::string>> table{
        {"device", "candidate", "accuracy [%]", "test [%]", "latency_ms", "memory_mb", "feasible"}};
    for (const Pick& pick : picks) {
        const auto& metrics = pick.choice.point.metrics;
        table.push_back(
            {pick.choice.device, std::to_string(pick.choice.point.candidate.value),
             fixedText(metrics.at("accuracy").value, 2), fixedText(pick.test.accuracy, 2),
             shortText(metrics.at("latency_ms").value), shortText(metrics.at("memory_mb").value),
             std::to_string(pick.choice.feasible) + " of " + std::to_string(pick.choice.considered)});
    }
    printTable(table);
}

void specialise(const Options& options) {
    std::vector<study::Limit> limits;
    limits.reserve(options.limits.size());
    for (const std::string& limit : options.limits)
        limits.push_back(study::limitFrom(limit));
    const study::Objective objective = study::objectiveFrom(options.objective);
    auto workspace = store::Workspace::open(options.workspace);
    const StudyId study = chooseStudy(workspace, options.study);
    Control control;
    const InterruptGuard guard(control);
    study::searchDevices(workspace, study, options.devices, options.evaluations, control, progressPrinter());
    std::vector<Pick> picks;
    for (const std::string& device : options.devices) {
        Pick pick{study::chooseFor(workspace, study, device, limits, objective), {}};
        const auto network =
            study::chooseNetwork(workspace, study, std::to_string(pick.choice.point.candidate.value));
        pick.test = study::evaluateNetwork(workspace, network, data::Part::Test, control);
        picks.push_back(std::move(pick));
    }
    if (!options.json)
        return print(picks);
    OrderedJson all = OrderedJson::array();
    for (const Pick& pick : picks)
        all.push_back(asJson(pick));
    printJson(all);
}

} // namespace

void addSpecialise(CLI::App& app) {
    CLI::App* command =
        app.add_subcommand("specialise", "Find a trained study's network for a device, without training");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--device", options->devices, "For which device; may be repeated")->required();
    command->add_option("--max", options->limits,
                        "Limit: latency_ms=25, memory_mb=2, or another metric; may be repeated");
    command->add_option("--objective", options->objective, "max:METRIC or min:METRIC")->capture_default_str();
    command
        ->add_option("--evaluations", options->evaluations,
                     "Networks to judge for a device that was not searched yet; 0: as the study says")
        ->capture_default_str()
        ->check(CLI::Range(0, 1000000));
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { specialise(*options); });
}

} // namespace greenfront::cli
