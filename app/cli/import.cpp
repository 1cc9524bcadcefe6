// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/import.h"

#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/study/import_trials.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

using formats::TrialEnd;
using study::TrialsToImport;

struct Options {
    std::string workspace, file, name;
    std::vector<std::string> objectives, parameters;
    bool json = false;
};

struct EndName {
    TrialEnd end;
    const char* name;
};
constexpr std::array<EndName, 4> endNames{{{TrialEnd::Finished, "finished"},
                                           {TrialEnd::Stopped, "stopped"},
                                           {TrialEnd::Infeasible, "infeasible"},
                                           {TrialEnd::Failed, "failed"}}};

std::string plainText(const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string rangeText(const Json& parameter) {
    if (parameter.contains("values")) {
        std::vector<std::string> values;
        for (const Json& value : parameter["values"])
            values.push_back(plainText(value));
        return formats::someNames(values);
    }
    return plainText(parameter["low"]) + " to " + plainText(parameter["high"]) +
           (parameter.contains("step") ? ", step " + plainText(parameter["step"]) : "") +
           (parameter["distribution"] == "log" ? ", log" : "");
}

std::string conditionText(const Json& parameter) {
    std::vector<std::string> parts;
    if (parameter.contains("when"))
        for (const auto& [parent, condition] : parameter["when"].items())
            parts.push_back(parent + " " + condition.dump());
    return join(parts, ", ");
}

std::vector<std::string> objectiveTexts(const TrialsToImport& study) {
    std::vector<std::string> texts;
    texts.reserve(study.objectives.size());
    for (const search::Objective& objective : study.objectives)
        texts.push_back(toText(objective));
    return texts;
}

std::string originText(const Json& source) {
    return source.contains("version") ? "Optuna " + source["version"].get<std::string>() : "a table";
}

void printParameters(const TrialsToImport& study) {
    std::vector<std::vector<std::string>> table{{"parameter", "type", "values", "only where"}};
    const Json space = study.space.toJson();
    for (const Json& parameter : space.at("parameters"))
        table.push_back({plainText(parameter["name"]), plainText(parameter["type"]), rangeText(parameter),
                         conditionText(parameter)});
    for (const auto& [name, value] : study.fixed.items())
        table.push_back({name, "fixed", plainText(value), ""});
    printTable(table);
}

void printStudy(const TrialsToImport& study, const study::ImportedStudy& imported) {
    std::cout << "study " << imported.id.value << " '" << study.name << "' of " << originText(study.source)
              << (imported.found ? ", which is in the workspace already" : "") << '\n';
    std::cout << study.trials.size() << " trials:";
    for (const auto& [end, name] : endNames)
        std::cout << (end == TrialEnd::Finished ? " " : ", ") << study.count(end) << ' ' << name;
    std::cout << '\n';
    if (study.unfinished > 0)
        std::cout << "left out: " << study.unfinished << " that had not ended\n";
    if (study.outside > 0)
        std::cout << "left out: " << study.outside << " outside the search space (" << study.firstOutside
                  << ")\n";
    std::cout << "objectives: " << join(objectiveTexts(study), ", ") << '\n';
    printParameters(study);
    for (const std::string& note : study.notes)
        std::cout << "note: " << note << '\n';
}

OrderedJson documentOf(const TrialsToImport& study, const study::ImportedStudy& imported) {
    OrderedJson trials = OrderedJson::object();
    for (const auto& [end, name] : endNames)
        trials[name] = study.count(end);
    return {{"study", imported.id.value},
            {"name", study.name},
            {"already", imported.found},
            {"trials", std::move(trials)},
            {"unfinished", study.unfinished},
            {"outside", study.outside},
            {"objectives", objectiveTexts(study)},
            {"space", study.space.toJson()},
            {"fixed", study.fixed},
            {"source", study.source},
            {"notes", study.notes}};
}

void import(const Options& options) {
    study::ImportOptions reading{.name = options.name, .parameters = options.parameters};
    if (!options.objectives.empty())
        reading.objectives = search::objectivesFrom(options.objectives);
    const study::FileOfTrials file = study::readTrials(options.file, reading);
    auto workspace = store::Workspace::openOrCreate(options.workspace);
    const auto imported = study::importTrials(workspace, file);
    OrderedJson studies = OrderedJson::array();
    for (std::size_t i = 0; i < imported.size(); ++i) {
        if (options.json) {
            studies.push_back(documentOf(file.studies[i], imported[i]));
            continue;
        }
        std::cout << (i > 0 ? "\n" : "");
        printStudy(file.studies[i], imported[i]);
    }
    for (const std::string& study : file.leftOut)
        std::cerr << "left out: " << study << '\n';
    if (options.json)
        printJson({{"studies", std::move(studies)}});
}

} // namespace

void addImport(CLI::App& app) {
    CLI::App* command = app.add_subcommand(
        "import", "Take the trials of another program's search into a workspace: of an Optuna study (its "
                  "SQLite file, or the CSV of its trials_dataframe), or of any table with a row a trial");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file; made if it is not there")
        ->required();
    command->add_option("FILE", options->file, "A CSV file or an Optuna SQLite file")->required();
    command->add_option("--name", options->name,
                        "What the study is called; of an Optuna file with several, which one to take");
    command
        ->add_option("--objective", options->objectives,
                     "max:COLUMN or min:COLUMN; again for each further objective. An Optuna file knows its "
                     "own; given, these are their names")
        ->allow_extra_args(false);
    command
        ->add_option("--parameters", options->parameters,
                     "The columns that are parameters, as in lr,width; if not given, those named params_..., "
                     "param. ..., config. ... and the like")
        ->delimiter(',')
        ->allow_extra_args(false);
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { import(*options); });
}

} // namespace greenfront::cli
