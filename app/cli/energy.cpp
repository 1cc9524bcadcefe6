// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child.h"
#include "app/cli/commands.h"
#include "app/cli/energy_idle.h"
#include "app/cli/energy_predictions.h"
#include "app/cli/energy_report.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/energy/attribution.h"
#include "core/energy/idle.h"
#include "core/energy/processor.h"
#include "core/energy/sources.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace greenfront::cli {
namespace {

struct Options {
    bool json = false;
    double idle = 0, pue = 1;
    std::optional<double> intensity;
    std::string region;
};

/// Of the whole machine, because what is measured is another program.
constexpr energy::MeterOptions wholeMachine{energy::Load::WholeMachine, true};

void sources(bool json) {
    const auto list = energy::listSources(wholeMachine);
    if (json) {
        printJson({{"sources", sourcesJson(list)}});
        return;
    }
    std::vector<std::vector<std::string>> table{
        {"source", "state", "of", "sure to", "what it is, or why not"}};
    for (const auto& source : list) {
        const bool readable =
            source.state == energy::SourceState::Used || source.state == energy::SourceState::Overlapping;
        const auto& text = source.reason.empty() ? source.method : source.reason;
        table.push_back({source.name, std::string(toText(source.state)),
                         readable ? std::string(toText(source.part)) : "",
                         readable ? "+-" + fixedText(source.uncertainty * 100, 0) + " %" : "", text});
    }
    printTable(table);
}

energy::GridIntensity gridOf(const Options& options) {
    if (options.intensity)
        return energy::fixedGrid(energy::GramsPerKwh(*options.intensity), "stated with --intensity");
    if (!options.region.empty())
        return energy::gridOf(options.region);
    return energy::worldAverage();
}

/// A program that cannot be started ends as in a shell.
Ended run(const std::vector<std::string>& command, bool outputToError) {
    try {
        return runChild(command, outputToError);
    } catch (const CannotStart& error) {
        std::cerr << "greenfront-cli: " << error.what() << '\n';
        throw CLI::RuntimeError(error.status());
    }
}

void measure(const Options& options, const std::vector<std::string>& command) {
    if (command.empty())
        throw CLI::RequiredError("COMMAND");
    Measured measured;
    measured.grid = gridOf(options); // a wrong region is told before the program runs
    measured.pue = energy::checkedPue(options.pue);
    energy::Recorder recorder(energy::machineMeters(wholeMachine));
    if (options.idle > 0) {
        Control control;
        measured.idle = energy::measureIdle(recorder, Seconds(options.idle), control);
    }
    const auto before = energy::machineLoad();
    recorder.take();
    const auto start = energy::steadySeconds();
    std::cout.flush();
    measured.ended = run(command, options.json);
    measured.readings = recorder.take();
    measured.seconds = energy::steadySeconds() - start;
    measured.parts = recorder.overlapping();
    measured.unusable = recorder.unusable();
    if (measured.ended.processorTime)
        measured.share = energy::processorShare(*measured.ended.processorTime, before, energy::machineLoad());
    if (options.json)
        printJson(measuredJson(measured));
    else
        std::cerr << measuredText(measured);
    if (measured.ended.status != 0)
        throw CLI::RuntimeError(measured.ended.status);
}

void addMeasure(CLI::App& energy, std::vector<std::string> program) {
    CLI::App* command = energy.add_subcommand(
        "measure",
        "Run a program and measure what the machine draws meanwhile: energy measure [options] -- COMMAND "
        "ARGS.\n"
        "Ends with the program's own status, or 128 + the number of the signal that ended it; 127 if there "
        "is no\n"
        "such program, 126 if it cannot be run. Signals are passed on to it. The report goes to standard "
        "error;\n"
        "with --json it goes to standard output, and what the program writes there goes to standard error.");
    command->prefix_command();
    const auto options = std::make_shared<Options>();
    command
        ->add_option("--idle", options->idle,
                     "Measure that many seconds before the program starts, and tell gross and net apart")
        ->check(CLI::Range(0.1, 3600.0));
    auto* region = command->add_option(
        "--region", options->region,
        "Country or cloud region whose grid turns joules into grams; the world's average if not given");
    command->add_option("--intensity", options->intensity, "The same as a number, in g CO2e/kWh")
        ->excludes(region);
    command->add_option("--pue", options->pue, "Power usage effectiveness of the data centre")
        ->capture_default_str();
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options, command, program = std::move(program)] {
        auto whole = command->remaining(); // what was given without "--"
        if (!whole.empty() && !program.empty())
            whole.emplace_back("--");
        whole.insert(whole.end(), program.begin(), program.end());
        measure(*options, whole);
    });
}

} // namespace

std::vector<std::string> takeProgram(int& argc, char** argv) {
    const std::vector<std::string> arguments(argv, argv + argc);
    if (arguments.size() < 3 || arguments[1] != "energy" || arguments[2] != "measure")
        return {};
    const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
    if (dashes == arguments.end())
        return {};
    argc = static_cast<int>(dashes - arguments.begin());
    return {dashes + 1, arguments.end()};
}

void addEnergy(CLI::App& app, std::vector<std::string> program) {
    CLI::App* energy = app.add_subcommand("energy", "Measure energy, and see what it can be measured with");
    energy->require_subcommand(1);
    CLI::App* list =
        energy->add_subcommand("sources", "Every source of joules on this machine, and why one is not used");
    const auto json = std::make_shared<bool>(false);
    list->add_flag("--json", *json, "Print one JSON document");
    list->callback([json] { sources(*json); });
    addMeasure(*energy, std::move(program));
    addIdle(*energy);
    addPredictions(*energy);
}

} // namespace greenfront::cli
