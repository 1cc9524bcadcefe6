// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/tune.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/output.h"
#include "app/cli/tune_report.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/search/azure_space.h"
#include "core/search/stopping_policy.h"
#include "core/search/transfer.h"
#include "core/study/recipe_space.h"
#include "core/study/study.h"
#include "core/study/tuning_history.h"

#include <filesystem>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, name, space, command, study, method, policy, region;
    std::vector<std::string> objectives, constraints, methodOptions, historyOptions, metaFeatures, budget;
    std::vector<std::filesystem::path> history;
    std::size_t trials = 0, jobs = 0;
    std::uint64_t seed = 0;
    double timeout = -1, pue = 0;
    bool seedGiven = false, noHistory = false, resume = false, json = false;
    std::string program; ///< this one
};

/// The study's own recipe: its parameters, unless a space names others, and this program to train with them.
void setRecipe(study::Tuning& tuning, const Options& options) {
    // A bad one is told before anything is run.
    tuning.metaFeatures = study::metaFeaturesOf(study::studyFromJson(readJson(options.study), options.study));
    if (options.space.empty())
        tuning.space = study::recipeSpace(study::studyParameters());
    tuning.command = {options.program, "study", "try", options.study};
    const auto space = search::readParameterSpace(tuning.space);
    for (const search::SpaceParameter& parameter : space.parameters())
        tuning.command.insert(
            tuning.command.end(),
            {"--set", std::string(parameter.name).append("={").append(parameter.name) + "}"});
}

/// key=value, as the schema reads it. of: whose option it would be
void setOption(Json& options, const Schema& schema, const std::string& text, const std::string& of) {
    const auto equals = text.find('=');
    const Parameter* known = findParameter(schema, text.substr(0, equals));
    if (equals == std::string::npos || known == nullptr)
        throw Error("set", "'" + text + "'", of + " has no such option");
    options[known->key] = parseValue(*known, text.substr(equals + 1));
}

void setMetaFeature(search::MetaFeatures& features, const std::string& text) {
    const auto equals = text.find('=');
    const auto value = equals == std::string::npos ? std::nullopt : numberIn(text.substr(equals + 1));
    if (!value || equals == 0)
        throw Error("read", "the meta-feature '" + text + "'", "it is no NAME=NUMBER");
    features[text.substr(0, equals)] = *value;
}

/// What was given on the command line over what was there before.
study::Tuning with(study::Tuning tuning, const Options& options) {
    if (!options.name.empty())
        tuning.name = options.name;
    if (!options.space.empty())
        tuning.space = readJson(options.space);
    if (!options.command.empty())
        tuning.command = study::commandWords(options.command);
    if (!options.study.empty())
        setRecipe(tuning, options);
    if (!options.objectives.empty())
        tuning.objectives = search::objectivesFrom(options.objectives);
    if (!options.constraints.empty())
        tuning.constraints = search::constraintsFrom(options.constraints);
    if (!options.method.empty())
        tuning.method = options.method;
    for (const std::string& option : options.methodOptions)
        setOption(tuning.methodOptions, search::optimiserSchema(search::methodBehind(tuning.method)), option,
                  "the method '" + tuning.method + "'");
    for (const std::string& option : options.historyOptions)
        setOption(tuning.historyOptions, search::transferSchema(), option, "learning from history");
    for (const std::string& feature : options.metaFeatures)
        setMetaFeature(tuning.metaFeatures, feature);
    if (options.noHistory)
        tuning.learns = false;
    if (!options.policy.empty())
        tuning.policy = options.policy == "none" ? "" : options.policy;
    if (!options.region.empty())
        tuning.region = options.region;
    for (const std::string& limit : options.budget)
        study::setBudget(tuning.budget, limit);
    if (options.trials > 0)
        tuning.budget.trials = options.trials;
    if (options.jobs > 0)
        tuning.jobs = options.jobs;
    if (options.timeout >= 0)
        tuning.trialSeconds = options.timeout;
    if (options.pue > 0)
        tuning.pue = options.pue;
    if (options.seedGiven)
        tuning.seed = options.seed;
    return tuning;
}

void requireAll(const Options& options) {
    const bool recipe = !options.study.empty();
    for (const auto& [given, flag] : {std::pair(recipe || !options.space.empty(), "--space"),
                                      std::pair(recipe || !options.command.empty(), "--command"),
                                      std::pair(!options.objectives.empty(), "--objective")})
        if (!given)
            throw CLI::RequiredError(flag);
}

StudyId studyFor(store::Workspace& workspace, const Options& options) {
    if (!options.resume) {
        study::Tuning tuning = with({}, options);
        if (!options.seedGiven)
            tuning.seed = study::nextSeed(workspace);
        return study::putTuning(workspace, tuning, options.history);
    }
    if (!options.history.empty())
        throw Error("learn from", options.history.front().string(),
                    "a study that has begun keeps the history that it began with",
                    "Begin another with --name");
    const StudyId id = study::findTuning(workspace, options.name);
    study::changeTuning(workspace, id, with(study::loadTuning(workspace, id), options));
    return id;
}

void tune(const Options& options) {
    if (!options.resume)
        requireAll(options);
    const std::filesystem::path path = options.workspace;
    if (options.resume && !std::filesystem::exists(path))
        throw Error("go on in", path.string(), "there is no such file", "Begin without --resume");
    auto workspace = store::Workspace::openOrCreate(path);
    const StudyId id = studyFor(workspace, options);
    Control control;
    const InterruptGuard guard(control);
    try {
        study::runTuning(workspace, id, control, progressPrinter());
    } catch (const Cancelled&) {
        std::cerr << "Stopped. What is done is kept; go on with --resume.\n";
        throw CLI::RuntimeError(interruptedStatus);
    }
    const study::TuningResult result = study::resultOf(workspace, id);
    if (options.json)
        printJson(tuningJson(result));
    else
        printTuning(result);
}

} // namespace

void addTune(CLI::App& app, const std::string& program) {
    CLI::App* command = app.add_subcommand(
        "tune",
        "Search the best parameters of any program. It gets them in its command line, as {name}, or as "
        "variables\n"
        "(GREENFRONT_PARAM_NAME), and tells its metrics as lines of JSON on standard output, such as\n"
        "{\"step\": 3, \"loss\": 0.41}; the last value of each counts. energy_j, seconds and grams are "
        "measured.\n"
        "Each trial is kept in the workspace, with its energy and its log.");
    const auto options = std::make_shared<Options>();
    options->program = program;
    command->add_option("--workspace", options->workspace, "The .greenfront file; made if it is not there")
        ->required();
    command->add_option("--space", options->space,
                        "JSON file of the parameters; Azure's sweep expressions are read too");
    command->add_option("--command", options->command,
                        "Program and arguments, as './train.sh --lr {lr}'; no shell reads it");
    command
        ->add_option("--study", options->study,
                     "Instead of a program: a study's JSON file, whose recipe is tuned; it tells "
                     "accuracy_largest,\naccuracy_smallest and loss_epoch")
        ->excludes("--command");
    command
        ->add_option("--objective", options->objectives,
                     "max:METRIC or min:METRIC; again for each further objective")
        ->allow_extra_args(false);
    command
        ->add_option("--constraint", options->constraints,
                     "'METRIC<=NUMBER' or 'METRIC>=NUMBER'; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--method", options->method,
                        "How to search (default: tpe): " + join(search::transferNames(), ", "));
    command
        ->add_option("--method-option", options->methodOptions,
                     "key=value of the method, as startup=20; may be repeated")
        ->allow_extra_args(false);
    command
        ->add_option("--history", options->history,
                     "Another workspace whose studies it learns from, besides those of its own; may be "
                     "repeated")
        ->excludes(command->add_flag("--no-history", options->noHistory, "Learn from no earlier study"))
        ->allow_extra_args(false);
    command
        ->add_option("--history-option", options->historyOptions,
                     "start=, portfolio=, escape= or tasks= and a number; may be repeated")
        ->allow_extra_args(false);
    command
        ->add_option("--meta", options->metaFeatures,
                     "NAME=NUMBER of the data set, by which near studies are found; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--policy", options->policy,
                        "Stop trials early: NAME:key=value,... with " + join(search::policyNames(), ", ") +
                            "; none");
    command->add_option("--trials", options->trials, "How many at most (default: 100)")
        ->check(CLI::Range(1, 100'000'000));
    command
        ->add_option("--budget", options->budget,
                     "Ends before it is exceeded: grams=50, joules=1e5 or seconds=3600; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--jobs", options->jobs, "Trials at the same time (default: 1)")
        ->check(CLI::Range(1, 256));
    command->add_option("--trial-timeout", options->timeout,
                        "Seconds after which a trial is ended and has failed; 0 for never");
    command
        ->add_option("--seed", options->seed,
                     "The same seed asks for the same trials (default: 1, and the next one for each further "
                     "study of a workspace)")
        ->each([options](const std::string&) { options->seedGiven = true; });
    command->add_option("--region", options->region,
                        "Country or cloud region whose grid turns joules into grams");
    command->add_option("--pue", options->pue, "Power usage effectiveness of the data centre (default: 1)");
    command->add_option("--name", options->name, "Of the study in the workspace (default: tune)");
    command->add_flag("--resume", options->resume, "Go on with the study; what is not given stays as it was");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { tune(*options); });
}

} // namespace greenfront::cli
