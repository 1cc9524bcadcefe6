// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/schema.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace greenfront {
namespace {

std::string wanted(const Parameter& parameter) {
    switch (parameter.kind) {
    case ParameterKind::Choice:
        return "one of " + join(parameter.choices, ", ");
    case ParameterKind::Flag:
        return "true or false";
    case ParameterKind::Text:
        return "a text";
    case ParameterKind::Integer:
    case ParameterKind::Real:
        break;
    }
    std::string text = parameter.kind == ParameterKind::Integer ? "a whole number" : "a number";
    if (parameter.minimum)
        text += " of at least " + numberText(*parameter.minimum);
    if (parameter.maximum)
        text +=
            std::string(parameter.minimum ? " and" : " of") + " at most " + numberText(*parameter.maximum);
    return text;
}

bool fits(const Parameter& parameter, const Json& value) {
    switch (parameter.kind) {
    case ParameterKind::Flag:
        return value.is_boolean();
    case ParameterKind::Text:
        return value.is_string();
    case ParameterKind::Choice:
        return value.is_string() &&
               std::ranges::find(parameter.choices, value.get<std::string>()) != parameter.choices.end();
    case ParameterKind::Integer:
    case ParameterKind::Real:
        break;
    }
    if (!value.is_number() || (parameter.kind == ParameterKind::Integer && !value.is_number_integer()))
        return false;
    const auto number = value.get<double>();
    return std::isfinite(number) && (!parameter.minimum || number >= *parameter.minimum) &&
           (!parameter.maximum || number <= *parameter.maximum);
}

[[noreturn]] void throwUnfit(const Parameter& parameter, const std::string& subject, const std::string& got) {
    throw Error("use", subject, "'" + parameter.key + "' is " + got, "Give " + wanted(parameter));
}

} // namespace

const Parameter* findParameter(const Schema& schema, std::string_view key) {
    const auto found = std::ranges::find(schema, key, &Parameter::key);
    return found == schema.end() ? nullptr : &*found;
}

Json defaultsOf(const Schema& schema) {
    Json values = Json::object();
    for (const Parameter& parameter : schema)
        values[parameter.key] = parameter.defaultValue;
    return values;
}

Json checked(const Schema& schema, const Json& values, const std::string& subject) {
    if (!values.is_object())
        throw Error("use", subject, "its parameters are not a JSON object",
                    "Start from 'greenfront-cli study new'");
    Json result = defaultsOf(schema);
    for (const auto& [key, value] : values.items()) {
        const Parameter* parameter = findParameter(schema, key);
        if (!parameter) {
            std::vector<std::string> known;
            for (const Parameter& each : schema)
                known.push_back(each.key);
            throw Error("use", subject, "there is no parameter '" + key + "'",
                        "Known are " + join(known, ", "));
        }
        if (!fits(*parameter, value))
            throwUnfit(*parameter, subject, value.dump());
        result[key] = value;
    }
    return result;
}

Json parseValue(const Parameter& parameter, std::string_view text) {
    Json value;
    if (parameter.kind == ParameterKind::Text || parameter.kind == ParameterKind::Choice)
        value = std::string(text);
    else
        value = Json::parse(text, nullptr, false);
    if (value.is_discarded() || !fits(parameter, value))
        throwUnfit(parameter, "the value", "'" + std::string(text) + "'");
    return value;
}

} // namespace greenfront
