// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/history.h"

#include <limits>
#include <set>

namespace greenfront::search {
namespace {

/// JSON has no infinity, which stands for a violation of unknown size.
constexpr const char* unknownViolation = "unknown";

Json trialJson(const Trial& trial, const ParameterSpace& space) {
    Json json{{"id", trial.id}, {"values", space.named(trial.assignment)}};
    if (!trial.outcome.objectives.empty())
        json["objectives"] = trial.outcome.objectives;
    if (trial.outcome.violation == std::numeric_limits<double>::infinity())
        json["violation"] = unknownViolation;
    else if (trial.outcome.violation != 0)
        json["violation"] = trial.outcome.violation;
    if (trial.outcome.failed)
        json["failed"] = true;
    return json;
}

Json taskJson(const PastTask& task) {
    Json json{{"name", task.name},
              {"space", task.space.toJson()},
              {"directions", Json::array()},
              {"trials", Json::array()}};
    for (const Direction direction : task.directions)
        json["directions"].push_back(toText(direction));
    for (const Trial& trial : task.trials)
        json["trials"].push_back(trialJson(trial, task.space));
    if (!task.metaFeatures.empty())
        json["meta_features"] = task.metaFeatures;
    return json;
}

/// Reads one document and says where it is at fault.
class Reader {
public:
    explicit Reader(std::string subject) : subject_(std::move(subject)) {}

    [[noreturn]] void refuse(const std::string& reason) const {
        throw Error("read", subject_, reason, "Take a history as a study wrote it");
    }

    void requireKeys(const Json& json, const std::set<std::string>& known, const std::string& what) const {
        if (!json.is_object())
            refuse(what + " is not a JSON object");
        for (const auto& [key, value] : json.items())
            if (!known.contains(key))
                refuse(std::string(what).append(" has an unknown key '").append(key) + "'");
    }

    const Json& list(const Json& json, const char* key, std::size_t most) const {
        if (!json.contains(key) || !json[key].is_array())
            refuse(std::string("'") + key + "' is not a list");
        if (json[key].size() > most)
            refuse(std::string("'") + key + "' has more than " + std::to_string(most) + " entries");
        return json[key];
    }

    double number(const Json& json, const std::string& what) const {
        if (!json.is_number())
            refuse(what + " is not a number");
        return json.get<double>();
    }

    MetaFeatures metaFeatures(const Json& json) const {
        MetaFeatures features;
        if (!json.contains("meta_features"))
            return features;
        if (!json["meta_features"].is_object() || json["meta_features"].size() > 1000)
            refuse("'meta_features' is not a JSON object of at most 1,000 numbers");
        for (const auto& [name, value] : json["meta_features"].items())
            features.emplace(name, number(value, "the meta-feature '" + name + "'"));
        return features;
    }

    Trial trial(const Json& json, const ParameterSpace& space) const {
        requireKeys(json, {"id", "values", "objectives", "violation", "failed"}, "a trial");
        if (!json.contains("id") || !json["id"].is_number_unsigned() || !json.contains("values"))
            refuse("a trial has no 'id' or no 'values'");
        Trial trial{json["id"].get<std::uint64_t>(), space.assignment(json["values"]), {}};
        if (json.contains("objectives"))
            for (const Json& value : list(json, "objectives", 64))
                trial.outcome.objectives.push_back(number(value, "an objective"));
        if (json.contains("violation"))
            trial.outcome.violation = json["violation"] == unknownViolation
                                          ? std::numeric_limits<double>::infinity()
                                          : number(json["violation"], "a violation");
        if (json.contains("failed") && !json["failed"].is_boolean())
            refuse("'failed' is neither true nor false");
        trial.outcome.failed = json.value("failed", false);
        return trial;
    }

    PastTask task(const Json& json) const {
        requireKeys(json, {"name", "space", "directions", "trials", "meta_features"}, "a study");
        if (!json.contains("name") || !json["name"].is_string() || !json.contains("space"))
            refuse("a study has no 'name' or no 'space'");
        const auto name = json["name"].get<std::string>();
        PastTask task{name,
                      parameterSpaceFromJson(json["space"], "the search space of '" + name + "'"),
                      {},
                      {},
                      metaFeatures(json)};
        for (const Json& text : list(json, "directions", 64)) {
            const auto direction =
                text.is_string() ? directionFrom(text.get<std::string>()) : std::optional<Direction>();
            if (!direction)
                refuse("a direction of '" + name + "' is unknown");
            task.directions.push_back(*direction);
        }
        const Json& trials = list(json, "trials", 100'000);
        task.trials.reserve(trials.size());
        for (const Json& entry : trials)
            task.trials.push_back(trial(entry, task.space));
        return task;
    }

private:
    std::string subject_;
};

} // namespace

Json toJson(const History& history) {
    Json json{{"tasks", Json::array()}};
    for (const PastTask& task : history.tasks)
        json["tasks"].push_back(taskJson(task));
    if (!history.metaFeatures.empty())
        json["meta_features"] = history.metaFeatures;
    return json;
}

History historyFromJson(const Json& json, const std::string& subject) {
    const Reader reader(subject);
    reader.requireKeys(json, {"tasks", "meta_features"}, "it");
    const Json& tasks = reader.list(json, "tasks", 1000);
    History history;
    history.tasks.reserve(tasks.size());
    for (const Json& task : tasks)
        history.tasks.push_back(reader.task(task));
    history.metaFeatures = reader.metaFeatures(json);
    requireSound(history);
    return history;
}

} // namespace greenfront::search
