// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/specialise.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/study/single_network.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, objective = "max:accuracy", format = "onnx", folder;
    std::vector<std::string> devices, limits;
    std::int64_t study = 0;
    int evaluations = 0, fineTune = 0;
    bool notPredicted = false, json = false;
};

/// A device's choice with its accuracy on the test part, which no search has seen.
struct Pick {
    study::Choice choice;
    study::Evaluation test;
    std::optional<study::FineTuned> tuned;
    std::string file; ///< that it was written to; may be empty
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
            {"test_accuracy_tuned", pick.tuned ? Json(pick.tuned->after) : Json()},
            {"file", pick.file.empty() ? Json() : Json(pick.file)},
            {"latency_ms", metrics.at("latency_ms").value},
            {"feasible", pick.choice.feasible},
            {"considered", pick.choice.considered},
            {"metrics", all}};
}

void print(const std::vector<Pick>& picks) {
    std::vector<std::vector<std::string>> table{{"device", "candidate", "accuracy [%]", "test [%]",
                                                 "tuned [%]", "latency_ms", "memory_mb", "feasible", "file"}};
    for (const Pick& pick : picks) {
        const auto& metrics = pick.choice.point.metrics;
        table.push_back(
            {pick.choice.device, std::to_string(pick.choice.point.candidate.value),
             fixedText(metrics.at("accuracy").value, 2), fixedText(pick.test.accuracy, 2),
             pick.tuned ? fixedText(pick.tuned->after, 2) : "", shortText(metrics.at("latency_ms").value),
             shortText(metrics.at("memory_mb").value),
             std::to_string(pick.choice.feasible) + " of " + std::to_string(pick.choice.considered),
             pick.file});
    }
    printTable(table);
}

/// Tests the device's choice, and trains it on and writes it where that is wanted.
Pick pickFor(store::Workspace& workspace, StudyId study, study::Choice choice, const Options& options,
             Control& control) {
    Pick pick{.choice = std::move(choice), .test = {}, .tuned = {}, .file = {}};
    const CandidateId candidate = pick.choice.point.candidate;
    auto network = study::chooseNetwork(workspace, study, std::to_string(candidate.value));
    pick.test = study::evaluateNetwork(workspace, network, data::Part::Test, control);
    if (options.fineTune > 0) {
        pick.tuned =
            study::fineTune(workspace, study, candidate, options.fineTune, control, progressPrinter());
        network = study::chooseNetwork(workspace, pick.tuned->study, "largest");
    }
    if (!options.folder.empty()) {
        const auto format = formats::formatFrom(options.format);
        std::filesystem::create_directories(options.folder);
        pick.file = (std::filesystem::path(options.folder) /
                     (pick.choice.device + std::string(formats::extensionOf(format))))
                        .string();
        study::exportNetwork(workspace, network, format, pick.file, control);
    }
    return pick;
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
    study::searchDevices(
        workspace, study,
        {.devices = options.devices, .evaluations = options.evaluations, .predicted = !options.notPredicted},
        control, progressPrinter());
    std::vector<Pick> picks;
    picks.reserve(options.devices.size());
    for (const std::string& device : options.devices)
        picks.push_back(pickFor(workspace, study,
                                study::chooseFor(workspace, study, device, limits, objective), options,
                                control));
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
    command
        ->add_option("--fine-tune", options->fineTune,
                     "Train each choice on alone, from its shared weights, for so many epochs")
        ->check(CLI::Range(0, 10000));
    command->add_option("--out", options->folder, "Folder to write each choice to, as DEVICE.onnx");
    command->add_option("--format", options->format, "Of these files: onnx, torchscript or safetensors")
        ->capture_default_str();
    command->add_flag(
        "--no-predictor", options->notPredicted,
        "Judge every network by the shared weights, even if the study has an accuracy predictor");
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { specialise(*options); });
}

} // namespace greenfront::cli
