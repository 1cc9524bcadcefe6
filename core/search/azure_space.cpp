// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/azure_space.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

namespace greenfront::search {
namespace {

struct Form {
    const char* name;
    Distribution distribution;
    bool quantised;
};

constexpr std::array<Form, 8> forms{{{"uniform", Distribution::Uniform, false},
                                     {"quniform", Distribution::Uniform, true},
                                     {"loguniform", Distribution::Log, false},
                                     {"qloguniform", Distribution::Log, true},
                                     {"normal", Distribution::Normal, false},
                                     {"qnormal", Distribution::Normal, true},
                                     {"lognormal", Distribution::LogNormal, false},
                                     {"qlognormal", Distribution::LogNormal, true}}};
constexpr std::size_t longestText = 1'000'000;

[[noreturn]] void refuseExpression(const std::string& name, const std::string& reason,
                                   const std::string& advice = {}) {
    throw Error("read", "the sweep expression of '" + name + "'", reason, advice);
}

const Form* formOf(const std::string& type) {
    const auto found = std::ranges::find(forms, type, &Form::name);
    return found == forms.end() ? nullptr : &*found;
}

bool isBounded(const Form& form) {
    return form.distribution == Distribution::Uniform || form.distribution == Distribution::Log;
}

/// The keys of a type's arguments, in the order of its positional form.
std::vector<std::string> keysOf(const std::string& type) {
    if (type == "choice")
        return {"values"};
    if (type == "randint")
        return {"upper"};
    const Form* form = formOf(type);
    std::vector<std::string> keys;
    if (form)
        keys = isBounded(*form) ? std::vector<std::string>{"min_value", "max_value"}
                                : std::vector<std::string>{"mu", "sigma"};
    if (form && form->quantised)
        keys.emplace_back("q");
    return keys;
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return result;
}

/// Cuts at commas that stand in no brackets and no quotes.
std::vector<std::string_view> arguments(std::string_view text, const std::string& name) {
    std::vector<std::string_view> parts;
    int depth = 0;
    char quote = 0;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char letter = text[i];
        if (quote != 0) {
            if (letter == '\\')
                ++i;
            else if (letter == quote)
                quote = 0;
        } else if (letter == '\'' || letter == '"') {
            quote = letter;
        } else if (letter == '(' || letter == '[') {
            ++depth;
        } else if (letter == ')' || letter == ']') {
            --depth;
        } else if (letter == ',' && depth == 0) {
            parts.push_back(trimmed(text.substr(start, i - start)));
            start = i + 1;
        }
    }
    if (depth != 0 || quote != 0)
        refuseExpression(name, "a bracket or quotation mark is not closed",
                         "Check the brackets and quotation marks");
    if (const auto last = trimmed(text.substr(start)); !last.empty())
        parts.push_back(last);
    return parts;
}

Json literal(std::string_view text, const std::string& name);

/// Python's range(stop), range(start, stop) or range(start, stop, step).
Json rangeOf(std::string_view inner, const std::string& name) {
    std::vector<std::int64_t> numbers;
    for (const std::string_view part : arguments(inner, name)) {
        const Json value = literal(part, name);
        if (!value.is_number_integer() || std::abs(value.get<double>()) > 1e12)
            refuseExpression(name, "a part of range() is not a whole number");
        numbers.push_back(value.get<std::int64_t>());
    }
    if (numbers.empty() || numbers.size() > 3)
        refuseExpression(name, "range() takes one to three numbers");
    if (numbers.size() == 1)
        numbers.insert(numbers.begin(), 0);
    const std::int64_t step = numbers.size() == 3 ? numbers[2] : 1;
    if (step < 1 || (numbers[1] - numbers[0]) / step > 100'000)
        refuseExpression(name, "range() has a step below 1 or more than 100,000 values");
    Json list = Json::array();
    for (std::int64_t value = numbers[0]; value < numbers[1]; value += step)
        list.push_back(value);
    return list;
}

Json quoted(std::string_view inner) {
    std::string plain;
    for (std::size_t i = 0; i < inner.size(); ++i) {
        if (inner[i] == '\\' && i + 1 < inner.size())
            ++i;
        plain += inner[i];
    }
    return plain;
}

/// One value as JSON or Python writes it.
Json literal(std::string_view text, const std::string& name) {
    text = trimmed(text);
    const auto encloses = [text](char open, char close) {
        return text.size() >= 2 && text.front() == open && text.back() == close;
    };
    if (encloses('\'', '\'') || encloses('"', '"'))
        return quoted(text.substr(1, text.size() - 2));
    if (encloses('[', ']') || encloses('(', ')')) {
        Json list = Json::array();
        for (const std::string_view part : arguments(text.substr(1, text.size() - 2), name))
            list.push_back(literal(part, name));
        return list;
    }
    if (text.starts_with("range(") && text.ends_with(')'))
        return rangeOf(text.substr(6, text.size() - 7), name);
    const std::string word = lowered(text);
    if (word == "true" || word == "false")
        return word == "true";
    if (word == "none" || word == "null")
        return nullptr;
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_number())
        refuseExpression(name, "'" + std::string(text.substr(0, 100)) + "' is no value",
                         "Put texts into quotation marks");
    return value;
}

/// The text form as the JSON form.
Json fromText(std::string_view text, const std::string& name) {
    text = trimmed(text);
    const auto open = text.find('(');
    if (text.size() > longestText || open == std::string_view::npos || !text.ends_with(')'))
        refuseExpression(name, "it is not of the form type(arguments)",
                         "Write choice(1, 2) or uniform(0, 1)");
    Json json{{"type", lowered(trimmed(text.substr(0, open)))}};
    const auto keys = keysOf(json["type"].get<std::string>());
    if (keys.empty())
        return json; // refused for its type
    std::vector<Json> positional;
    for (const std::string_view part : arguments(text.substr(open + 1, text.size() - open - 2), name)) {
        const auto equals = part.find('=');
        const std::string key(trimmed(part.substr(0, equals)));
        const bool named =
            equals != std::string_view::npos && !key.empty() &&
            std::ranges::all_of(key, [](unsigned char c) { return std::isalpha(c) || c == '_'; });
        if (named && json.contains(key))
            refuseExpression(name, "'" + key + "' is given twice", "Remove one of them");
        if (named)
            json[key] = literal(part.substr(equals + 1), name);
        else
            positional.push_back(literal(part, name));
    }
    if (json["type"] == "choice" && !positional.empty()) {
        const bool list = positional.size() == 1 && positional.front().is_array();
        json["values"] = list ? positional.front() : Json(positional);
        return json;
    }
    for (std::size_t i = 0; i < positional.size(); ++i) {
        if (i >= keys.size() || json.contains(keys[i]))
            refuseExpression(name, "it has too many arguments", "Give " + join(keys, ", "));
        json[keys[i]] = positional[i];
    }
    return json;
}

SpaceParameter choice(SpaceParameter parameter, const Json& values) {
    if (!values.is_array())
        refuseExpression(parameter.name, "'values' is not a list", "Write choice(1, 2)");
    parameter.values = values.get<std::vector<Json>>();
    const auto number = [](const Json& value) { return value.is_number(); };
    const bool ascending =
        std::ranges::all_of(parameter.values, number) &&
        std::ranges::adjacent_find(parameter.values, std::greater_equal<>()) == parameter.values.end();
    parameter.type = ascending ? ParameterType::Ordinal : ParameterType::Categorical;
    return parameter;
}

} // namespace

SpaceParameter azureParameter(const std::string& name, const Json& expression) {
    const Json json =
        expression.is_string() ? fromText(expression.get_ref<const std::string&>(), name) : expression;
    if (!json.is_object() || !json.contains("type") || !json["type"].is_string())
        refuseExpression(name, "it has no type",
                         R"(Write {"type": "uniform", "min_value": 0, "max_value": 1})");
    const std::string type = lowered(json["type"].get<std::string>());
    const auto keys = keysOf(type);
    if (keys.empty())
        refuseExpression(
            name, "there is no distribution '" + type.substr(0, 100) + "'",
            "Known are choice, randint, uniform, loguniform, normal, lognormal and their q-variants");
    for (const auto& [key, value] : json.items())
        if (key != "type" && std::ranges::find(keys, key) == keys.end())
            refuseExpression(name, std::string("'").append(key).append("' is no argument of ").append(type),
                             "Known are " + join(keys, ", "));
    const auto number = [&](const std::string& key) {
        if (!json.contains(key) || !json[key].is_number() || !std::isfinite(json[key].get<double>()))
            refuseExpression(name, "'" + key + "' is not a number", "Give " + join(keys, ", "));
        return json[key].get<double>();
    };
    SpaceParameter parameter{.name = name};
    if (type == "choice")
        return choice(parameter, json.contains("values") ? json["values"] : Json());
    if (type == "randint") {
        parameter.type = ParameterType::Integer;
        parameter.high = number("upper") - 1;
        return parameter;
    }
    const Form& form = *formOf(type);
    parameter.distribution = form.distribution;
    if (isBounded(form)) {
        parameter.low = number("min_value");
        parameter.high = number("max_value");
        if (form.distribution == Distribution::Log) {
            parameter.low = std::exp(parameter.low);
            parameter.high = std::exp(parameter.high);
            if (!(parameter.low > 0) || !std::isfinite(parameter.high))
                refuseExpression(name, "e to its bounds is no number: the bounds are exponents",
                                 "Give the logarithms of the smallest and largest value");
        }
    } else {
        parameter.mean = number("mu");
        parameter.deviation = number("sigma");
    }
    if (form.quantised && !((parameter.quantum = number("q")) > 0))
        refuseExpression(name, "q is not above 0", "Give a positive q");
    return parameter;
}

ParameterSpace readParameterSpace(const Json& json, const std::string& subject) {
    const Json* list = &json;
    for (const char* key : {"search_space", "parameters"})
        if (json.is_object() && json.contains(key) && json.size() == 1)
            list = &json[key];
    if (!list->is_array() && !list->is_object())
        throw Error("read", subject, "it is neither a list nor an object of parameters",
                    R"(Write {"parameters": [{"name": "lr", "type": "float", "low": 0, "high": 1}]})");
    std::vector<SpaceParameter> parameters;
    for (const auto& [key, entry] : list->items()) {
        const bool typed = entry.is_object() && entry.contains("type") && entry["type"].is_string();
        const bool azure =
            entry.is_string() || (typed && !keysOf(lowered(entry["type"].get<std::string>())).empty());
        Json named = entry;
        if (named.is_object() && list->is_object())
            named["name"] = key;
        if (!azure) {
            parameters.push_back(spaceParameterFromJson(named, subject));
            continue;
        }
        std::string name = key;
        if (list->is_array()) {
            if (!named.is_object() || !named.contains("name") || !named["name"].is_string())
                throw Error("read", subject, "an expression has no name",
                            "Write an object of name: expression");
            name = named["name"].get<std::string>();
        }
        Json expression = entry;
        if (expression.is_object())
            expression.erase("name");
        parameters.push_back(azureParameter(name, expression));
    }
    return ParameterSpace(std::move(parameters));
}

} // namespace greenfront::search
