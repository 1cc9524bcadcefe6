// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/import_trials.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/formats/foreign_database.h"
#include "core/formats/optuna_study.h"
#include "core/formats/trial_table.h"
#include "core/store/runs.h"
#include "core/store/studies.h"

#include <algorithm>
#include <fstream>

namespace greenfront::study {
namespace {

namespace fs = std::filesystem;
using formats::ForeignTrial;
using formats::TrialEnd;

void addContent(Sha256& hash, const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::vector<char> buffer(std::size_t{1} << 20);
    while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || stream.gcount() > 0)
        hash.update(std::string_view(buffer.data(), static_cast<std::size_t>(stream.gcount())));
}

/// A log that stands beside an SQLite file is a part of its content.
std::string hashOf(const fs::path& file, bool sqlite) {
    Sha256 hash;
    addContent(hash, file);
    if (sqlite) {
        fs::path log = file;
        log += "-wal";
        addContent(hash, log);
    }
    return "import-" + hash.hex();
}

std::vector<formats::TrialStudy> optunaStudies(const fs::path& file, const ImportOptions& options) {
    if (!options.parameters.empty())
        throw Error("read", file.string(), "an Optuna study says itself what its parameters are",
                    "Leave --parameters out");
    formats::OptunaOptions reading;
    if (!options.name.empty())
        reading.study = options.name;
    for (const search::Objective& objective : options.objectives)
        reading.objectives.push_back({objective.name, objective.direction});
    return formats::readOptunaStudies(file, reading);
}

formats::TrialStudy tableStudy(const fs::path& file, const ImportOptions& options) {
    formats::TrialTableOptions reading{.name = options.name, .parameters = options.parameters};
    if (reading.name.empty())
        reading.name = file.stem().string();
    for (const search::Objective& objective : options.objectives)
        reading.objectives.push_back({objective.name, objective.direction});
    return formats::readTrialTable(file, reading);
}

/// Why a study cannot be kept; empty if it can.
std::string lackOf(const formats::TrialStudy& study) {
    if (study.trials.empty())
        return "no trial of it has ended";
    if (study.space.at("parameters").empty())
        return "none of its parameters has two values";
    return {};
}

/// By when their results came, where that is known of all.
void orderByEnd(std::vector<ForeignTrial>& trials) {
    const bool timed = std::ranges::all_of(trials, [](const ForeignTrial& t) { return t.ended.has_value(); });
    std::ranges::stable_sort(trials, {}, &ForeignTrial::number);
    if (timed)
        std::ranges::stable_sort(trials, {}, [](const ForeignTrial& trial) { return *trial.ended; });
}

TrialsToImport prepared(formats::TrialStudy study, const std::string& fileName) {
    const auto space =
        search::parameterSpaceFromJson(study.space, "the search space of '" + study.name + "'");
    TrialsToImport result{.name = std::move(study.name),
                          .space = space,
                          .objectives = {},
                          .fixed = std::move(study.fixed),
                          .source = std::move(study.source),
                          .trials = {},
                          .unfinished = study.unfinished,
                          .notes = std::move(study.notes)};
    result.source["file"] = fileName;
    result.objectives.reserve(study.objectives.size());
    for (const formats::TrialObjective& objective : study.objectives)
        result.objectives.push_back({objective.name, objective.direction});
    result.trials.reserve(study.trials.size());
    for (ForeignTrial& trial : study.trials)
        try {
            trial.parameters = result.space.named(result.space.assignment(trial.parameters));
            result.trials.push_back(std::move(trial));
        } catch (const Error& error) {
            if (result.outside++ == 0)
                result.firstOutside = "trial " + std::to_string(trial.number) + ": " + error.parts().reason;
        }
    orderByEnd(result.trials);
    return result;
}

Json configOf(const TrialsToImport& study) {
    Json objectives = Json::array();
    for (const search::Objective& objective : study.objectives)
        objectives.push_back(toText(objective));
    return {{"format", "greenfront-tuning"},
            {"version", 1},
            {"name", study.name},
            {"space", study.space.toJson()},
            {"objectives", std::move(objectives)},
            {"fixed", study.fixed},
            {"source", study.source}};
}

/// Under whatever name it is kept.
bool isSame(Json one, Json other) {
    one.erase("name");
    other.erase("name");
    return one == other;
}

store::TrialOutcome outcomeOf(TrialEnd end) {
    switch (end) {
    case TrialEnd::Stopped:
        return store::TrialOutcome::Stopped;
    case TrialEnd::Infeasible:
        return store::TrialOutcome::Infeasible;
    case TrialEnd::Failed:
        return store::TrialOutcome::Failed;
    case TrialEnd::Finished:
        break;
    }
    return store::TrialOutcome::Finished;
}

void keepTrial(store::Workspace& workspace, StudyId study, const ForeignTrial& trial,
               const std::string& metric, const Json& versions) {
    const RunId run = store::addTrial(workspace, study, trial.number, trial.parameters, versions);
    std::vector<store::SeriesPoint> points;
    points.reserve(trial.reported.size());
    for (const auto& [step, value] : trial.reported)
        points.push_back({step, value});
    store::putSeries(workspace, run, metric, points);
    if (trial.seconds)
        store::addRunSeconds(workspace, run, *trial.seconds);
    store::endTrial(workspace, run, {outcomeOf(trial.end), trial.objectives, trial.violation, trial.reason});
}

} // namespace

std::size_t TrialsToImport::count(TrialEnd end) const {
    return static_cast<std::size_t>(std::ranges::count(trials, end, &ForeignTrial::end));
}

FileOfTrials readTrials(const fs::path& file, const ImportOptions& options) {
    FileOfTrials result{.name = file.filename().string(), .hash = {}, .studies = {}, .leftOut = {}};
    const bool sqlite = formats::looksLikeSqlite(file);
    std::vector<formats::TrialStudy> studies;
    if (sqlite)
        studies = optunaStudies(file, options);
    else
        studies.push_back(tableStudy(file, options));
    for (formats::TrialStudy& study : studies) {
        const std::string lack = lackOf(study);
        if (lack.empty())
            result.studies.push_back(prepared(std::move(study), result.name));
        else
            result.leftOut.push_back("'" + study.name + "': " + lack);
    }
    if (result.studies.empty())
        throw Error("import", file.string(),
                    "there is nothing in it to learn from: " + result.leftOut.front(),
                    "Check that this is the file you meant");
    result.hash = hashOf(file, sqlite);
    return result;
}

std::vector<ImportedStudy> importTrials(store::Workspace& workspace, const FileOfTrials& file) {
    store::Transaction transaction(workspace);
    std::vector<store::StudyRow> earlier = store::allStudies(workspace, store::tuningKind);
    std::erase_if(earlier, [&](const store::StudyRow& row) { return row.dataHash != file.hash; });
    std::size_t trials = 0;
    for (const TrialsToImport& study : file.studies)
        trials += study.trials.size();
    store::putData(workspace, {file.hash, file.name, "import", {{"trials", trials}}, {{"file", file.name}}});
    std::vector<ImportedStudy> imported;
    imported.reserve(file.studies.size());
    for (const TrialsToImport& study : file.studies) {
        const Json config = configOf(study);
        const auto same = std::ranges::find_if(
            earlier, [&](const store::StudyRow& row) { return isSame(row.config, config); });
        if (same != earlier.end()) {
            imported.push_back({same->id, true});
            continue;
        }
        const StudyId id =
            store::addStudy(workspace, study.name, file.hash, config, std::string(store::tuningKind));
        for (const ForeignTrial& trial : study.trials)
            keepTrial(workspace, id, trial, study.objectives.front().name, study.source);
        imported.push_back({id, false});
    }
    transaction.commit();
    return imported;
}

} // namespace greenfront::study
