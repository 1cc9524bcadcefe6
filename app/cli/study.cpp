// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "core/arch/search_space.h"
#include "core/base/file.h"
#include "core/store/runs.h"
#include "core/study/try_training.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct NewOptions {
    std::string data, out, space, label;
    std::vector<std::string> assignments;
};

struct RunOptions {
    std::string study, workspace, compute;
    std::vector<std::string> assignments;
    std::string series, place, policy = "flexible-start", window = "24h", duration;
};

study::RunOptions runOptionsOf(const RunOptions& options) {
    study::RunOptions result;
    if (options.series.empty())
        return result;
    result.timing = study::CarbonTiming{.series = energy::readIntensitySeries(options.series, options.place),
                                        .policy = energy::policyFrom(options.policy),
                                        .window = energy::parseDuration(options.window)};
    if (!options.duration.empty())
        result.timing->duration = energy::parseDuration(options.duration);
    return result;
}

void makeNew(const NewOptions& options) {
    study::Study made = study::newStudy(options.data, nullptr, options.label);
    if (!options.space.empty())
        study::setSpace(made, options.space);
    for (const std::string& assignment : options.assignments)
        study::setParameter(made, assignment);
    writeFile(options.out, study::toJson(made).dump(2) + "\n");
    std::cerr << "Wrote " << options.out << ". Run it with: greenfront-cli study run " << options.out
              << " --workspace study.greenfront\n";
}

void run(const RunOptions& options) {
    study::Study wanted = study::studyFromJson(readJson(options.study), options.study);
    for (const std::string& assignment : options.assignments)
        study::setParameter(wanted, assignment);
    if (!options.compute.empty())
        study::setParameter(wanted, "compute=" + options.compute);
    const study::RunOptions how = runOptionsOf(options); // a bad series is told before anything is made
    auto workspace = store::Workspace::openOrCreate(options.workspace);
    const StudyId id = study::putStudy(workspace, wanted);
    Control control;
    const InterruptGuard guard(control);
    if (study::isFinished(workspace, id))
        std::cerr << "This study is finished already.\n";
    else
        study::runStudy(workspace, id, control, progressPrinter(), how);
    for (const store::RunRow& row : store::runsOf(workspace, id))
        if (!row.note.empty())
            std::cerr << row.kind << (row.subject.empty() ? "" : " for " + row.subject) << ": " << row.note
                      << '\n';
    std::cerr << "See its front with: greenfront-cli front " << options.workspace
              << " --x latency_ms --y accuracy --device this-machine\n";
}

struct TryOptions {
    std::string study;
    std::vector<std::string> assignments;
};

void tryOnce(const TryOptions& options) {
    study::Study wanted = study::studyFromJson(readJson(options.study), options.study);
    for (const std::string& assignment : options.assignments)
        study::setParameter(wanted, assignment);
    Control control;
    const InterruptGuard guard(control);
    study::tryTraining(wanted, control, [](int epoch, const std::map<std::string, double>& metrics) {
        OrderedJson line{{"step", epoch}};
        line.update(OrderedJson(metrics));
        std::cout << line.dump() << std::endl; // at once, for whoever waits for it
    });
}

void addTry(CLI::App& study) {
    CLI::App* command = study.add_subcommand(
        "try", "Train, keep nothing, and tell each epoch as a line of JSON: a trial for 'tune'");
    const auto options = std::make_shared<TryOptions>();
    command->add_option("STUDY", options->study, "A study's JSON file")->required();
    command->add_option("--set", options->assignments, "Change a parameter: key=value; may be repeated")
        ->allow_extra_args(false);
    command->callback([options] { tryOnce(*options); });
}

} // namespace

void addStudy(CLI::App& app) {
    CLI::App* study = app.add_subcommand("study", "Make and run studies");
    study->require_subcommand(1);

    CLI::App* make = study->add_subcommand("new", "Write a study with sensible defaults for a data set");
    const auto newOptions = std::make_shared<NewOptions>();
    make->add_option("--data", newOptions->data, "Path of the data set, or 'builtin'")->required();
    make->add_option("--label", newOptions->label,
                     "Of a table: the column with the classes; label, class, target or the last by default");
    make->add_option("--out", newOptions->out, "The JSON file to write")->required();
    make->add_option("--space", newOptions->space, "Kind of search space; one that suits the data by default")
        ->check(CLI::IsMember(arch::spaceKinds()));
    make->add_option("--set", newOptions->assignments, "Change a parameter: key=value; may be repeated");
    make->callback([newOptions] { makeNew(*newOptions); });

    CLI::App* runCommand = study->add_subcommand(
        "run", "Train, search for each device, and store everything; goes on where an earlier run stopped");
    const auto runOptions = std::make_shared<RunOptions>();
    runCommand->add_option("STUDY", runOptions->study, "A study's JSON file")->required();
    runCommand
        ->add_option("--workspace", runOptions->workspace, "The .greenfront file; made if it is not there")
        ->required();
    runCommand->add_option("--compute", runOptions->compute,
                           "What trains: cpu, torch, or a device of LibTorch's such as cuda:0");
    runCommand->add_option("--set", runOptions->assignments,
                           "Change a parameter: key=value; may be repeated");
    auto* series = runCommand->add_option("--carbon-aware", runOptions->series,
                                          "Wait and pause by these intensities over time: Carbon Aware SDK "
                                          "records, an Electricity Maps history, or CSV");
    runCommand->add_option("--policy", runOptions->policy, "flexible-start or pause-resume")
        ->capture_default_str()
        ->needs(series);
    runCommand->add_option("--window", runOptions->window, "From now on, within which the study is to end")
        ->capture_default_str()
        ->needs(series);
    runCommand
        ->add_option("--duration", runOptions->duration,
                     "How long the study takes; what this machine's earlier runs taught if not given")
        ->needs(series);
    runCommand
        ->add_option("--intensity-region", runOptions->place, "Which place, where the series has several")
        ->needs(series);
    runCommand->callback([runOptions] { run(*runOptions); });
    addTry(*study);
}

} // namespace greenfront::cli
