// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/optuna_tables.h"

#include "core/data/table_column.h"
#include "core/formats/moment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace greenfront::formats {
namespace {

constexpr std::size_t mostParameters = 1000, mostObjectives = 64;
constexpr std::size_t longestName = 512, longestJson = 1 << 20, longestWord = 64;

constexpr std::array<std::string_view, 7> knownSchemas{"v2.4.0.a", "v2.6.0.a", "v3.0.0.a", "v3.0.0.b",
                                                       "v3.0.0.c", "v3.0.0.d", "v3.2.0.a"};
constexpr std::array<std::string_view, 3> olderSchemas{"v0.9.0.a", "v1.2.0.a", "v1.3.0.a"};

constexpr double notNumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

} // namespace

void OptunaReader::checkVersion() {
    for (const char* table : {"studies", "trials", "trial_params", "version_info", "alembic_version"})
        if (!database_.hasTable(table))
            refuse("it is no Optuna study: it has no table '" + std::string(table) + "'",
                   "Check that this is the file you meant");
    ForeignRows info(database_, "SELECT schema_version, library_version FROM version_info");
    ForeignRows alembic(database_, "SELECT version_num FROM alembic_version");
    if (!info.next() || !alembic.next())
        refuse("it does not say which version of Optuna wrote it");
    const auto generation = info.integer(0);
    libraryVersion_ = info.text(1, longestWord);
    schema_ = alembic.text(0, longestWord);
    if (std::ranges::find(olderSchemas, schema_) != olderSchemas.end())
        refuse("it was written by an Optuna before 2.4 (schema " + schema_ + ")",
               "Upgrade a copy of it with 'optuna storage upgrade --storage sqlite:///FILE'");
    if (generation != 12 || std::ranges::find(knownSchemas, schema_) == knownSchemas.end())
        refuse("its schema " + std::to_string(generation) + ", " + schema_ + " of Optuna " + libraryVersion_ +
                   " is not known",
               "Save the study with Optuna's trials_dataframe().to_csv() and import that");
    for (const char* table : {"study_directions", "trial_values", "trial_intermediate_values",
                              "study_system_attributes", "trial_system_attributes"})
        if (!database_.hasTable(table))
            refuse("its table '" + std::string(table) + "' is missing");
}

void OptunaReader::readStudies(const std::optional<std::string>& wanted) {
    ForeignRows rows(database_, "SELECT study_id, study_name FROM studies ORDER BY study_id");
    std::vector<std::string> names;
    while (rows.next()) {
        const auto id = rows.integer(0);
        names.push_back(rows.text(1, longestName));
        if (wanted && names.back() != *wanted)
            continue;
        studyPlaces_.emplace(id, studies_.size());
        studies_.emplace_back().name = names.back();
    }
    if (names.empty())
        refuse("it holds no study", "Check that this is the file you meant");
    if (studies_.empty())
        refuse("it holds no study '" + *wanted + "'", "Its studies are " + someNames(names));
    readDirections();
}

void OptunaReader::readDirections() {
    ForeignRows rows(database_, "SELECT study_id, objective, direction FROM study_directions");
    while (rows.next()) {
        const auto place = studyPlaces_.find(rows.integer(0));
        if (place == studyPlaces_.end())
            continue;
        OptunaTables& study = studies_[place->second];
        const std::string direction = rows.text(2, longestWord);
        if (direction != "MINIMIZE" && direction != "MAXIMIZE" && direction != "NOT_SET")
            refuse("a direction in it is '" + direction + "'");
        study.undirected = study.undirected || direction == "NOT_SET";
        const bool isNew =
            study.directions
                .emplace(rows.integer(1), direction == "MAXIMIZE" ? Direction::Maximise : Direction::Minimise)
                .second;
        if (!isNew || study.directions.size() > mostObjectives)
            refuse("the study '" + study.name + "' has two directions for one value, or too many");
    }
    for (const OptunaTables& study : studies_)
        if (study.directions.empty() || study.directions.begin()->first != 0 ||
            study.directions.rbegin()->first != static_cast<std::int64_t>(study.directions.size()) - 1)
            refuse("the directions of the study '" + study.name + "' are missing");
}

void OptunaReader::readTrials() {
    ForeignRows rows(database_, "SELECT trial_id, study_id, number, state, datetime_start, datetime_complete "
                                "FROM trials ORDER BY trial_id");
    std::vector<std::set<std::int64_t>> numbers(studies_.size());
    while (rows.next()) {
        const auto place = rows.isNull(1) ? studyPlaces_.end() : studyPlaces_.find(rows.integer(1));
        if (place == studyPlaces_.end())
            continue;
        OptunaTables& study = studies_[place->second];
        const auto number = rows.integer(2);
        if (number < 0 || !numbers[place->second].insert(number).second)
            refuse("the study '" + study.name + "' has a trial " + std::to_string(number) +
                   (number < 0 ? "" : " twice"));
        trialPlaces_.emplace(rows.integer(0), Place{place->second, study.trials.size()});
        OptunaTrial& read = study.trials.emplace_back();
        read.trial.number = static_cast<std::uint64_t>(number);
        read.state = rows.text(3, longestWord);
        const auto start = rows.isNull(4) ? std::nullopt : momentFrom(rows.raw(4, longestWord));
        const auto end = rows.isNull(5) ? std::nullopt : momentFrom(rows.raw(5, longestWord));
        setTimes(read.trial, start, end);
    }
}

OptunaTrial* OptunaReader::trialOf(const ForeignRows& rows, int column) {
    const auto found = rows.isNull(column) ? trialPlaces_.end() : trialPlaces_.find(rows.integer(column));
    return found == trialPlaces_.end() ? nullptr : &studies_[found->second.study].trials[found->second.trial];
}

const OptunaDistribution& OptunaReader::distributionOf(std::string_view json, const std::string& name) {
    std::string key(json);
    const auto found = distributions_.find(key);
    if (found != distributions_.end())
        return found->second;
    auto distribution = optunaDistributionFrom(json, "the parameter '" + name + "'");
    return distributions_.emplace(std::move(key), std::move(distribution)).first->second;
}

void OptunaReader::readParameters() {
    ForeignRows rows(database_, "SELECT trial_id, param_name, param_value, distribution_json "
                                "FROM trial_params ORDER BY param_id");
    while (rows.next()) {
        OptunaTrial* read = trialOf(rows, 0);
        if (read == nullptr)
            continue;
        OptunaTables& study = studies_[trialPlaces_.at(rows.integer(0)).study];
        const std::string name = rows.text(1, longestName);
        const std::string subject = "the parameter '" + name + "' of " + database_.file().string();
        const OptunaDistribution& distribution = distributionOf(rows.raw(3, longestJson), name);
        if (!read->trial.parameters.emplace(name, optunaValue(distribution, rows.real(2), subject)).second)
            refuse("trial " + std::to_string(read->trial.number) + " has the parameter '" + name + "' twice");
        const auto [known, isNew] = study.parameters.emplace(name, distribution);
        if (isNew) {
            study.parameterNames.push_back(name);
            if (study.parameterNames.size() > mostParameters)
                refuse("the study '" + study.name + "' has more than " + std::to_string(mostParameters) +
                       " parameters");
        }
        const OptunaDistribution*& before = study.latest[name];
        if (before != nullptr && before != &distribution) {
            known->second = united(known->second, distribution, subject);
            study.changed.insert(name);
        }
        before = &distribution;
    }
}

/// Before Optuna 3 infinite values were kept as the largest one of single precision.
double OptunaReader::typedValue(const ForeignRows& rows, int value, int type) const {
    if (type < 0) {
        const double number = rows.isNull(value) ? notNumber : rows.real(value);
        constexpr double largest = std::numeric_limits<float>::max();
        return std::abs(number) >= largest * (1 - 1e-5) ? std::copysign(infinity, number) : number;
    }
    const std::string word = rows.text(type, longestWord);
    if (word == "INF_POS" || word == "INF_NEG")
        return word == "INF_POS" ? infinity : -infinity;
    if (word == "NAN")
        return notNumber;
    if (word != "FINITE")
        refuse("a value in it is of the type '" + word + "'");
    return rows.isNull(value) ? notNumber : rows.real(value);
}

void OptunaReader::readValues() {
    const bool typed = database_.hasColumn("trial_values", "value_type");
    ForeignRows rows(database_, typed ? "SELECT trial_id, objective, value, value_type FROM trial_values"
                                      : "SELECT trial_id, objective, value FROM trial_values");
    while (rows.next())
        if (OptunaTrial* read = trialOf(rows, 0))
            if (!read->values.emplace(rows.integer(1), typedValue(rows, 2, typed ? 3 : -1)).second)
                refuse("trial " + std::to_string(read->trial.number) + " has a value twice");
}

void OptunaReader::readReported() {
    const bool typed = database_.hasColumn("trial_intermediate_values", "intermediate_value_type");
    ForeignRows rows(database_, typed ? "SELECT trial_id, step, intermediate_value, intermediate_value_type "
                                        "FROM trial_intermediate_values ORDER BY step"
                                      : "SELECT trial_id, step, intermediate_value "
                                        "FROM trial_intermediate_values ORDER BY step");
    while (rows.next())
        if (OptunaTrial* read = trialOf(rows, 0))
            read->trial.reported.emplace_back(rows.integer(1), typedValue(rows, 2, typed ? 3 : -1));
}

void OptunaReader::readAttributes() {
    ForeignRows names(database_, "SELECT study_id, value_json FROM study_system_attributes "
                                 "WHERE key = 'study:metric_names'");
    while (names.next()) {
        const auto place = names.isNull(0) ? studyPlaces_.end() : studyPlaces_.find(names.integer(0));
        if (place == studyPlaces_.end())
            continue;
        const Json json = parseJson(names.raw(1, longestJson), "the names of values");
        if (json.is_array() && json.size() <= mostObjectives)
            for (const Json& name : json)
                studies_[place->second].metricNames.push_back(
                    name.is_string() ? data::tidyText(name.get<std::string>()) : "");
    }
    ForeignRows rows(database_, "SELECT trial_id, value_json FROM trial_system_attributes "
                                "WHERE key = 'constraints'");
    while (rows.next()) {
        OptunaTrial* read = trialOf(rows, 0);
        if (read == nullptr)
            continue;
        const Json json = parseJson(rows.raw(1, longestJson), "the constraints of a trial");
        if (!json.is_array())
            continue; // null where the sampler's function failed
        for (const Json& constraint : json)
            read->constraints.push_back(constraint.is_number() ? constraint.get<double>() : infinity);
    }
}

} // namespace greenfront::formats
