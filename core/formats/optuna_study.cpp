// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/optuna_study.h"

#include "core/formats/optuna_tables.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::formats {
namespace {

constexpr double notNumber = std::numeric_limits<double>::quiet_NaN();

std::vector<TrialObjective> objectivesOf(const OptunaTables& study, const std::vector<TrialObjective>& wanted,
                                         const OptunaReader& reader) {
    std::vector<TrialObjective> objectives;
    objectives.reserve(study.directions.size());
    const bool named =
        study.metricNames.size() == study.directions.size() &&
        std::ranges::none_of(study.metricNames, &std::string::empty) &&
        std::set(study.metricNames.begin(), study.metricNames.end()).size() == study.metricNames.size();
    for (const auto& [index, direction] : study.directions) {
        const auto place = static_cast<std::size_t>(index);
        const std::string own = study.directions.size() == 1 ? "value" : "values_" + std::to_string(index);
        objectives.push_back({named ? study.metricNames[place] : own, direction});
    }
    const std::string about = "the study '" + study.name + "'";
    if (wanted.empty() && study.undirected)
        reader.refuse(about + " does not say which way its value is better", "Give --objective min:value");
    if (wanted.empty())
        return objectives;
    if (wanted.size() != objectives.size())
        reader.refuse(about + " has " + std::to_string(objectives.size()) + " values, and " +
                          std::to_string(wanted.size()) + " objectives are named",
                      "Name all of them, in their order; with --name one study alone is taken");
    for (std::size_t i = 0; i < wanted.size(); ++i)
        if (!study.undirected && wanted[i].direction != objectives[i].direction)
            reader.refuse(about + " was made to " +
                              (objectives[i].direction == Direction::Minimise ? "minimise" : "maximise") +
                              " value " + std::to_string(i),
                          "Give its objective the same direction");
    return wanted;
}

bool areFinite(const std::vector<double>& values) {
    return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

void judgeComplete(ForeignTrial& trial, std::vector<double> values, const std::vector<double>& constraints) {
    if (!areFinite(values)) {
        trial.end = TrialEnd::Failed;
        trial.reason = "its value is not a finite number";
        return;
    }
    trial.objectives = std::move(values);
    for (const double constraint : constraints)
        trial.violation += std::max(constraint, 0.0);
    trial.end = trial.violation > 0 ? TrialEnd::Infeasible : TrialEnd::Finished;
}

void judgeStopped(ForeignTrial& trial, std::vector<double> values) {
    trial.end = TrialEnd::Stopped;
    trial.reason = "pruned";
    if (areFinite(values)) {
        trial.objectives = std::move(values);
        return;
    }
    const auto isFinite = [](const auto& point) { return std::isfinite(point.second); };
    const auto last = std::find_if(trial.reported.rbegin(), trial.reported.rend(), isFinite);
    if (values.size() == 1 && last != trial.reported.rend())
        trial.objectives = {last->second};
}

/// False for one that has not ended.
bool judge(OptunaTrial& read, std::size_t objectives, const OptunaReader& reader) {
    std::vector<double> values(objectives, notNumber);
    for (const auto& [index, value] : read.values)
        if (index >= 0 && index < static_cast<std::int64_t>(objectives))
            values[static_cast<std::size_t>(index)] = value;
    if (read.state == "COMPLETE")
        judgeComplete(read.trial, std::move(values), read.constraints);
    else if (read.state == "PRUNED")
        judgeStopped(read.trial, std::move(values));
    else if (read.state == "FAIL") {
        read.trial.end = TrialEnd::Failed;
        read.trial.reason = "it failed there";
    } else if (read.state == "RUNNING" || read.state == "WAITING")
        return false;
    else
        reader.refuse("a trial in it is in the state '" + read.state + "'");
    return true;
}

TrialStudy studyFrom(OptunaTables& read, const OptunaOptions& options, const OptunaReader& reader) {
    TrialStudy study{.name = read.name, .space = {{"parameters", Json::array()}}};
    study.objectives = objectivesOf(read, options.objectives, reader);
    study.source = reader.source();
    study.source["study"] = read.name;
    for (const std::string& name : read.parameterNames)
        study.space["parameters"].push_back(spaceEntry(name, read.parameters.at(name)));
    for (const std::string& name : read.changed)
        study.notes.push_back("the range of " + name + " changed between trials: all of them together count");
    for (OptunaTrial& trial : read.trials)
        if (judge(trial, study.objectives.size(), reader))
            study.trials.push_back(std::move(trial.trial));
        else
            ++study.unfinished;
    completeSpace(study);
    return study;
}

} // namespace

std::vector<TrialStudy> readOptunaStudies(const std::filesystem::path& file, const OptunaOptions& options) {
    OptunaReader reader(file);
    reader.readStudies(options.study);
    reader.readTrials();
    reader.readParameters();
    reader.readValues();
    reader.readReported();
    reader.readAttributes();
    std::vector<TrialStudy> studies;
    studies.reserve(reader.studies().size());
    for (OptunaTables& read : reader.studies())
        studies.push_back(studyFrom(read, options, reader));
    return studies;
}

} // namespace greenfront::formats
