// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/search/parameter_space.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace greenfront::search {
namespace {

constexpr std::array<const char*, 4> typeNames{"float", "integer", "categorical", "ordinal"};
constexpr std::array<const char*, 4> distributionNames{"uniform", "log", "normal", "log-normal"};

[[noreturn]] void refuseEntry(const std::string& subject, const std::string& reason,
                              const std::string& advice) {
    throw Error("use", subject, reason, advice);
}

template <class Names>
std::size_t placeOf(const Names& names, const std::string& text) {
    return static_cast<std::size_t>(std::ranges::find(names, text) - names.begin());
}

/// Whole numbers as such, so that the text of a space does not hang on how it was written.
Json numberJson(double number) {
    if (std::trunc(number) == number && std::abs(number) <= 0x1p53)
        return static_cast<std::int64_t>(number);
    return number;
}

Condition conditionFrom(const std::string& parent, const Json& json, const std::string& subject) {
    Condition condition{.parent = parent};
    if (json.is_array())
        condition.values = json.get<std::vector<Json>>();
    else if (!json.is_object())
        condition.values = {json};
    else
        for (const auto& [key, value] : json.items()) {
            if ((key != "minimum" && key != "maximum") || !value.is_number())
                refuseEntry(subject,
                            std::string("its condition on '")
                                .append(parent)
                                .append("' has an unknown part '")
                                .append(key)
                                .append("'"),
                            R"(Write {"when": {"other": ["value"]}} or {"when": {"other": {"minimum": 2}}})");
            (key == "minimum" ? condition.minimum : condition.maximum) = value.get<double>();
        }
    if (!json.is_object() && condition.values.empty())
        refuseEntry(subject, "its condition on '" + parent + "' has no values", "Name at least one");
    return condition;
}

Json conditionJson(const Condition& condition) {
    if (!condition.values.empty())
        return condition.values;
    Json json = Json::object();
    if (condition.minimum)
        json["minimum"] = numberJson(*condition.minimum);
    if (condition.maximum)
        json["maximum"] = numberJson(*condition.maximum);
    return json;
}

Json parameterJson(const SpaceParameter& parameter) {
    Json json{{"name", parameter.name}, {"type", typeNames[static_cast<std::size_t>(parameter.type)]}};
    if (!parameter.values.empty()) {
        json["values"] = parameter.values;
    } else {
        json["distribution"] = distributionNames[static_cast<std::size_t>(parameter.distribution)];
        const bool bounded =
            parameter.distribution == Distribution::Uniform || parameter.distribution == Distribution::Log;
        json[bounded ? "low" : "mean"] = numberJson(bounded ? parameter.low : parameter.mean);
        json[bounded ? "high" : "deviation"] = numberJson(bounded ? parameter.high : parameter.deviation);
        if (parameter.step > 0)
            json["step"] = numberJson(parameter.step);
        if (parameter.quantum > 0)
            json["quantum"] = numberJson(parameter.quantum);
    }
    for (const Condition& condition : parameter.when)
        json["when"][condition.parent] = conditionJson(condition);
    return json;
}

double numberOf(const Json& entry, const char* key, const std::string& subject) {
    if (entry.at(key).is_null())
        refuseEntry(subject, std::string("'") + key + "' is missing", "Give it a number");
    return entry.at(key).get<double>();
}

std::string mistyped(const SpaceParameter& parameter, const Json& value) {
    return "'" + parameter.name + "' cannot be " +
           value.dump(-1, ' ', false, Json::error_handler_t::replace).substr(0, 100);
}

} // namespace

const Schema& parameterSchema() {
    static const Schema schema{{.key = "name",
                                .title = "Name",
                                .help = "What the trial calls it.",
                                .kind = ParameterKind::Text,
                                .defaultValue = ""},
                               {.key = "type",
                                .title = "Type",
                                .help = "What its values are.",
                                .kind = ParameterKind::Choice,
                                .defaultValue = "float",
                                .choices = {typeNames.begin(), typeNames.end()}},
                               {.key = "distribution",
                                .title = "Distribution",
                                .help = "How a number is drawn before anything is known.",
                                .kind = ParameterKind::Choice,
                                .defaultValue = "uniform",
                                .choices = {distributionNames.begin(), distributionNames.end()}},
                               {.key = "low",
                                .title = "From",
                                .help = "The smallest value.",
                                .kind = ParameterKind::Real,
                                .defaultValue = nullptr},
                               {.key = "high",
                                .title = "To",
                                .help = "The largest value.",
                                .kind = ParameterKind::Real,
                                .defaultValue = nullptr},
                               {.key = "mean",
                                .title = "Mean",
                                .help = "Of a normal distribution, or of the logarithm of a log-normal one.",
                                .kind = ParameterKind::Real,
                                .defaultValue = nullptr},
                               {.key = "deviation",
                                .title = "Deviation",
                                .help = "Standard deviation of the same.",
                                .kind = ParameterKind::Real,
                                .defaultValue = nullptr},
                               {.key = "step",
                                .title = "Step",
                                .help = "Only the smallest value and whole steps above it.",
                                .kind = ParameterKind::Real,
                                .defaultValue = 0,
                                .minimum = 0},
                               {.key = "quantum",
                                .title = "Rounded to",
                                .help = "What was drawn is rounded to a multiple of this.",
                                .kind = ParameterKind::Real,
                                .defaultValue = 0,
                                .minimum = 0,
                                .advanced = true}};
    return schema;
}

SpaceParameter spaceParameterFromJson(const Json& json, const std::string& subject) {
    if (!json.is_object())
        refuseEntry(subject, "a parameter is not a JSON object",
                    R"(Write {"name": "lr", "type": "float", "low": 0, "high": 1})");
    Json plain = json;
    plain.erase("values");
    plain.erase("when");
    const Json entry = checked(parameterSchema(), plain, subject);
    SpaceParameter parameter;
    parameter.name = entry.at("name").get<std::string>();
    const std::string about = "the parameter '" + parameter.name + "'";
    parameter.type = static_cast<ParameterType>(placeOf(typeNames, entry.at("type").get<std::string>()));
    if (json.contains("when")) {
        if (!json["when"].is_object())
            refuseEntry(about, "'when' is not a JSON object", R"(Write {"when": {"other": ["value"]}})");
        for (const auto& [parent, condition] : json["when"].items())
            parameter.when.push_back(conditionFrom(parent, condition, about));
    }
    if (json.contains("values")) {
        if (!json["values"].is_array())
            refuseEntry(about, "'values' is not a list", R"(Write {"values": ["a", "b"]})");
        parameter.values = json["values"].get<std::vector<Json>>();
    }
    if (parameter.type == ParameterType::Categorical || parameter.type == ParameterType::Ordinal) {
        for (const char* key : {"distribution", "low", "high", "mean", "deviation", "step", "quantum"})
            if (json.contains(key))
                refuseEntry(about, std::string("a list of values has no '") + key + "'", "Remove it");
        return parameter;
    }
    parameter.distribution =
        static_cast<Distribution>(placeOf(distributionNames, entry.at("distribution").get<std::string>()));
    const bool bounded =
        parameter.distribution == Distribution::Uniform || parameter.distribution == Distribution::Log;
    for (const char* key : bounded ? std::array{"mean", "deviation"} : std::array{"low", "high"})
        if (json.contains(key))
            refuseEntry(about, std::string("its distribution has no '") + key + "'", "Remove it");
    (bounded ? parameter.low : parameter.mean) = numberOf(entry, bounded ? "low" : "mean", about);
    (bounded ? parameter.high : parameter.deviation) = numberOf(entry, bounded ? "high" : "deviation", about);
    parameter.step = numberOf(entry, "step", about);
    parameter.quantum = numberOf(entry, "quantum", about);
    return parameter;
}

ParameterSpace parameterSpaceFromJson(const Json& json, const std::string& subject) {
    const Json* list = json.is_object() && json.contains("parameters") ? &json["parameters"] : nullptr;
    if (!list || !(list->is_array() || list->is_object()) || json.size() != 1)
        refuseEntry(subject, "it is not an object with the one key 'parameters'",
                    R"(Write {"parameters": [{"name": "lr", "type": "float", "low": 0, "high": 1}]})");
    std::vector<SpaceParameter> parameters;
    for (const auto& [name, entry] : list->items()) {
        Json named = entry;
        if (list->is_object() && named.is_object())
            named["name"] = name;
        parameters.push_back(spaceParameterFromJson(named, subject));
    }
    return ParameterSpace(std::move(parameters));
}

Json ParameterSpace::toJson() const {
    Json list = Json::array();
    for (const SpaceParameter& parameter : parameters_)
        list.push_back(parameterJson(parameter));
    return {{"parameters", std::move(list)}};
}

std::string ParameterSpace::identity() const {
    const std::string text = toJson().dump(-1, ' ', false, Json::error_handler_t::replace);
    return sha256(std::as_bytes(std::span(text)));
}

void ParameterSpace::requireSame(const Json& stored) const {
    const ParameterSpace before = parameterSpaceFromJson(stored, "the stored search space");
    if (before.identity() == identity())
        return;
    std::set<std::string> changed;
    const auto compare = [&changed](const ParameterSpace& one, const ParameterSpace& other) {
        for (const SpaceParameter& parameter : one.parameters()) {
            const auto twin = other.find(parameter.name);
            if (!twin || parameterJson(other[*twin]) != parameterJson(parameter))
                changed.insert(parameter.name);
        }
    };
    compare(*this, before);
    compare(before, *this);
    const std::vector<std::string> names(changed.begin(), changed.end());
    throw Error("resume", "the study",
                names.empty() ? "the parameters of its search space stand in another order"
                              : "its search space changed: " + join(names, ", "),
                "Give the space that it was started with, or start a new study");
}

double ParameterSpace::numberFrom(std::size_t index, const Json& value) const {
    const SpaceParameter& parameter = parameters_[index];
    double number = std::numeric_limits<double>::quiet_NaN();
    if (!parameter.values.empty())
        number = static_cast<double>(std::ranges::find(parameter.values, value) - parameter.values.begin());
    else if (value.is_number())
        number = value.get<double>();
    if (!scales_[index].contains(number))
        throw Error("use", "a trial's values", mistyped(parameter, value),
                    "Take a value of the search space");
    return number;
}

Json ParameterSpace::named(const Assignment& assignment) const {
    if (const auto reason = fault(assignment))
        throw Error("use", "a trial's values", *reason, "Take values of the same search space");
    Json json = Json::object();
    for (std::size_t i = 0; i < size(); ++i) {
        const double value = assignment.values[i];
        if (std::isnan(value))
            continue;
        const SpaceParameter& parameter = parameters_[i];
        if (!parameter.values.empty())
            json[parameter.name] = parameter.values[static_cast<std::size_t>(value)];
        else if (parameter.type == ParameterType::Integer)
            json[parameter.name] = numberJson(value);
        else
            json[parameter.name] = value;
    }
    return json;
}

Assignment ParameterSpace::assignment(const Json& named) const {
    if (!named.is_object())
        throw Error("use", "a trial's values", "they are not a JSON object", R"(Write {"name": value})");
    Assignment result{std::vector<double>(size(), std::numeric_limits<double>::quiet_NaN())};
    for (const auto& [name, value] : named.items()) {
        const auto index = find(name);
        if (!index)
            throw Error("use", "a trial's values", "there is no parameter '" + name + "'",
                        "Take values of the same search space");
        result.values[*index] = numberFrom(*index, value);
    }
    if (const auto reason = fault(result))
        throw Error("use", "a trial's values", *reason, "Take values of the same search space");
    return result;
}

} // namespace greenfront::search
