// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study.h"

#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "core/store/studies.h"
#include "core/study/carbon.h"

#include <algorithm>

namespace greenfront::study {
namespace {

constexpr const char* formatName = "greenfront-study";
constexpr int formatVersion = 1;

/// Enough steps for the cosine to settle: small data sets take more epochs. The built-in data is there to
/// show how a study goes, so it ends within minutes.
int sensibleEpochs(const data::Info& info) {
    if (info.kind == "builtin")
        return 6;
    constexpr double wantedSamples = 130'000;
    return std::clamp(static_cast<int>(wantedSamples / static_cast<double>(info.samples[0])), 5, 100);
}

std::string textAt(const Json& json, const char* key, const std::string& subject) {
    if (!json.contains(key) || !json.at(key).is_string())
        throw Error("read", subject, "it has no text '" + std::string(key) + "'",
                    "Start from 'greenfront-cli study new'");
    return json.at(key).get<std::string>();
}

/// A path that does not depend on where the program is started; "builtin..." stays as it is.
std::string absoluteData(const std::string& data) {
    return data.starts_with("builtin") ? data : std::filesystem::absolute(data).lexically_normal().string();
}

/// Read and written again, because an older version may have stored fewer parameters.
Json configOf(const store::StudyRow& row, const std::string& name) {
    try {
        Study study = studyFromJson(row.config, "study " + std::to_string(row.id.value));
        study.name = name;
        return toJson(study);
    } catch (const Error&) {
        return row.config; // another version's, and so not the same study
    }
}

} // namespace

Study newStudy(const std::string& data, Control* control, const std::string& label) {
    const auto dataset = data::open(data, {.label = label}, control);
    const data::Info& info = dataset->info();
    Study study{.name = info.name,
                .data = absoluteData(data),
                .label = info.table ? info.table->label : std::string(),
                .dataHash = info.hash,
                .space = arch::defaultSpace(info.shape, static_cast<int>(info.classes.size())),
                .parameters = defaultsOf(studyParameters())};
    if (info.kind == "builtin")
        study.parameters["evaluations"] = 48;
    study.parameters["epochs"] = sensibleEpochs(info);
    return study;
}

void setSpace(Study& study, const std::string& kind) {
    const auto space = arch::makeSpace(study.space);
    const arch::Network largest = space->decode(space->largest());
    study.space = arch::proposedSpace(kind, largest.input(), largest.classes());
}

OrderedJson toJson(const Study& study) {
    OrderedJson parameters;
    for (const Parameter& parameter : studyParameters())
        parameters[parameter.key] = study.parameters.at(parameter.key);
    OrderedJson json{
        {"format", formatName}, {"version", formatVersion}, {"name", study.name}, {"data", study.data}};
    if (!study.label.empty())
        json["label"] = study.label;
    json.update({{"data_hash", study.dataHash}, {"parameters", parameters}, {"space", study.space}});
    return json;
}

Study studyFromJson(const Json& json, const std::string& subject) {
    if (!json.is_object() || json.value("format", "") != formatName)
        throw Error("read", subject, "it is not a study", "Make one with 'greenfront-cli study new'");
    if (json.value("version", 0) != formatVersion)
        throw Error("read", subject, "it was made by another version of Greenfront", "Update Greenfront");
    Study study;
    study.name = textAt(json, "name", subject);
    study.data = textAt(json, "data", subject);
    study.label = json.contains("label") ? textAt(json, "label", subject) : "";
    study.dataHash = json.contains("data_hash") ? textAt(json, "data_hash", subject) : "";
    study.parameters = checked(studyParameters(), json.value("parameters", Json::object()), subject);
    study.space = json.value("space", Json());
    arch::makeSpace(study.space);
    return study;
}

void setParameter(Study& study, const std::string& assignment) {
    const auto equals = assignment.find('=');
    const std::string key = assignment.substr(0, equals);
    if (equals == std::string::npos)
        throw Error("set", "'" + assignment + "'", "there is no '=' in it", "Write it as key=value");
    const std::string value = assignment.substr(equals + 1);
    if (key == "name") {
        study.name = value;
        return;
    }
    const Parameter* parameter = findParameter(studyParameters(), key);
    if (!parameter) {
        std::string known = "name";
        for (const Parameter& each : studyParameters())
            known += ", " + each.key;
        throw Error("set", "'" + key + "'", "there is no such parameter", "Known are " + known);
    }
    study.parameters[key] = parseValue(*parameter, value);
    carbonSettings(study); // throws for a region that nobody knows
}

StudyId putStudy(store::Workspace& workspace, const Study& study) {
    const auto dataset = data::open(study.data, {.label = study.label});
    const data::Info& info = dataset->info();
    if (!study.dataHash.empty() && study.dataHash != info.hash)
        throw Error("use", study.data, "its content is no longer what the study was made for",
                    "Restore the data, or make a new study with 'greenfront-cli study new'");
    Study stored = study;
    stored.dataHash = info.hash;
    const auto space = arch::makeSpace(stored.space);
    const arch::Network largest = space->decode(space->largest());
    if (largest.input() != info.shape || largest.classes() != static_cast<int>(info.classes.size()))
        throw Error("use", study.data,
                    "the search space is made for another size of samples or number of classes",
                    "Make a new study for this data");
    carbonSettings(stored); // throws for a region that nobody knows, before anything is run
    const Json config = toJson(stored);
    for (const store::StudyRow& row : store::allStudies(workspace))
        if (configOf(row, stored.name) == config)
            return row.id;
    store::Transaction transaction(workspace);
    store::putData(workspace, {.hash = info.hash,
                               .name = info.name,
                               .kind = info.kind,
                               .info = {{"classes", info.classes},
                                        {"shape", {info.shape.channels, info.shape.height, info.shape.width}},
                                        {"samples", info.samples}},
                               .source = info.source});
    const StudyId id = store::addStudy(workspace, stored.name, info.hash, config);
    transaction.commit();
    return id;
}

Study loadStudy(store::Workspace& workspace, StudyId id) {
    const auto row = store::findStudy(workspace, id);
    if (!row)
        throw Error("open", "study " + std::to_string(id.value), "the workspace has no such study",
                    "List them with 'greenfront-cli runs'");
    Study study = studyFromJson(row->config, "study " + std::to_string(id.value));
    study.name = row->name;
    return study;
}

} // namespace greenfront::study
