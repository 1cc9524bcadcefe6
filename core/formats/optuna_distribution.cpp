// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/optuna_distribution.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/table_column.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace greenfront::formats {
namespace {

constexpr std::size_t mostChoices = 10'000;
constexpr double mostInteger = 0x1p53;

using Kind = OptunaDistribution::Kind;

struct Named {
    std::string_view name;
    Kind kind;
    bool logarithmic; ///< by its name; the newer ones say it themselves
    const char* step; ///< how its step is called
};

constexpr std::array<Named, 8> known{{{"FloatDistribution", Kind::Float, false, "step"},
                                      {"IntDistribution", Kind::Integer, false, "step"},
                                      {"CategoricalDistribution", Kind::Categorical, false, ""},
                                      {"UniformDistribution", Kind::Float, false, ""},
                                      {"LogUniformDistribution", Kind::Float, true, ""},
                                      {"DiscreteUniformDistribution", Kind::Float, false, "q"},
                                      {"IntUniformDistribution", Kind::Integer, false, "step"},
                                      {"IntLogUniformDistribution", Kind::Integer, true, ""}}};

[[noreturn]] void refuse(const std::string& subject, const std::string& reason) {
    throw Error("read", subject, reason, "Check that Optuna wrote the file");
}

double numberOf(const Json& attributes, const char* key, const std::string& subject) {
    const auto found = attributes.find(key);
    if (found == attributes.end() || !found->is_number() || !std::isfinite(found->get<double>()))
        refuse(subject, std::string("its distribution has no number '") + key + "'");
    return found->get<double>();
}

/// JSON's own types are taken as they are; lists and objects, which Optuna warns of, by their text.
Json choiceFrom(const Json& choice) {
    if (choice.is_string())
        return data::tidyText(choice.get<std::string>());
    if (choice.is_primitive())
        return choice;
    return data::tidyText(choice.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::vector<Json> choicesFrom(const Json& attributes, const std::string& subject) {
    const auto found = attributes.find("choices");
    if (found == attributes.end() || !found->is_array() || found->empty() || found->size() > mostChoices)
        refuse(subject, "its distribution has no list of 1 to " + std::to_string(mostChoices) + " choices");
    std::vector<Json> choices;
    choices.reserve(found->size());
    std::ranges::transform(*found, std::back_inserter(choices), choiceFrom);
    return choices;
}

/// As choices are told apart: 1, 1.0 and true are three.
std::string keyOf(const Json& choice) {
    return choice.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json numberJson(double number) {
    if (std::trunc(number) == number && std::abs(number) <= mostInteger)
        return static_cast<std::int64_t>(number);
    return number;
}

} // namespace

OptunaDistribution optunaDistributionFrom(std::string_view text, const std::string& subject) {
    const Json json = parseJson(text, "the distribution of " + subject);
    if (!json.is_object() || !json.contains("name") || !json["name"].is_string() ||
        !json.contains("attributes") || !json["attributes"].is_object())
        refuse(subject, "its distribution has no name and attributes");
    const auto name = json["name"].get<std::string>();
    const Json& attributes = json["attributes"];
    const auto* const found = std::ranges::find(known, name, &Named::name);
    if (found == known.end())
        refuse(subject, "its distribution '" + data::tidyText(name.substr(0, 60)) + "' is not known");
    OptunaDistribution distribution{.kind = found->kind};
    if (found->kind == Kind::Categorical) {
        distribution.choices = choicesFrom(attributes, subject);
        return distribution;
    }
    distribution.low = numberOf(attributes, "low", subject);
    distribution.high = numberOf(attributes, "high", subject);
    distribution.logarithmic =
        found->logarithmic || (attributes.contains("log") && attributes["log"] == Json(true));
    const std::string step = found->step;
    if (!step.empty() && !distribution.logarithmic && attributes.contains(step) &&
        !attributes[step].is_null())
        distribution.step = numberOf(attributes, step.c_str(), subject);
    if (distribution.low > distribution.high || distribution.step < 0 ||
        (distribution.logarithmic && !(distribution.low > 0)))
        refuse(subject, "the bounds of its distribution contradict each other");
    return distribution;
}

Json optunaValue(const OptunaDistribution& distribution, double number, const std::string& subject) {
    if (distribution.kind == Kind::Float)
        return number;
    const bool whole = std::trunc(number) == number && std::abs(number) <= mostInteger;
    if (distribution.kind == Kind::Integer && whole)
        return static_cast<std::int64_t>(number);
    if (distribution.kind == Kind::Categorical && whole && number >= 0 &&
        number < static_cast<double>(distribution.choices.size()))
        return distribution.choices[static_cast<std::size_t>(number)];
    refuse(subject, "its value " + numberText(number) + " is none of its distribution");
}

OptunaDistribution united(const OptunaDistribution& one, const OptunaDistribution& other,
                          const std::string& subject) {
    if (one.kind != other.kind)
        refuse(subject, "it is of one type in one trial and of another in another");
    OptunaDistribution both = one;
    if (both.kind == Kind::Categorical) {
        std::set<std::string> keys;
        for (const Json& choice : one.choices)
            keys.insert(keyOf(choice));
        for (const Json& choice : other.choices)
            if (keys.insert(keyOf(choice)).second)
                both.choices.push_back(choice);
        if (both.choices.size() > mostChoices)
            refuse(subject, "it has more than " + std::to_string(mostChoices) + " choices");
        return both;
    }
    both.low = std::min(one.low, other.low);
    both.high = std::max(one.high, other.high);
    both.logarithmic = one.logarithmic && other.logarithmic;
    // Steps from two different beginnings have no common grid.
    if (one.step != other.step || one.low != other.low)
        both.step = 0;
    return both;
}

Json spaceEntry(const std::string& name, const OptunaDistribution& distribution) {
    if (distribution.kind == Kind::Categorical) {
        std::set<std::string> keys;
        Json values = Json::array();
        for (const Json& choice : distribution.choices)
            if (keys.insert(keyOf(choice)).second)
                values.push_back(choice);
        return {{"name", name}, {"type", "categorical"}, {"values", std::move(values)}};
    }
    const bool whole = distribution.kind == Kind::Integer;
    Json entry{{"name", name},
               {"type", whole ? "integer" : "float"},
               {"distribution", distribution.logarithmic ? "log" : "uniform"},
               {"low", numberJson(distribution.low)},
               {"high", numberJson(distribution.high)}};
    if (distribution.step > 0 && !(whole && distribution.step == 1))
        entry["step"] = numberJson(distribution.step);
    return entry;
}

} // namespace greenfront::formats
