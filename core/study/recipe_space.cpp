// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/recipe_space.h"

namespace greenfront::study {
namespace {

Json entryOf(const Parameter& parameter) {
    const SearchRange& range = *parameter.search;
    switch (parameter.kind) {
    case ParameterKind::Choice:
        return {{"type", "categorical"}, {"values", parameter.choices}};
    case ParameterKind::Flag:
        return {{"type", "categorical"}, {"values", {false, true}}};
    default:
        break;
    }
    if (!range.values.empty())
        return {{"type", "ordinal"}, {"values", range.values}};
    return {{"type", parameter.kind == ParameterKind::Integer ? "integer" : "float"},
            {"low", range.low},
            {"high", range.high},
            {"distribution", range.logarithmic ? "log" : "uniform"}};
}

} // namespace

Json recipeSpace(const Schema& schema) {
    Json parameters = Json::array();
    for (const Parameter& parameter : schema)
        if (parameter.search) {
            Json entry = entryOf(parameter);
            entry["name"] = parameter.key;
            parameters.push_back(std::move(entry));
        }
    return {{"parameters", parameters}};
}

} // namespace greenfront::study
