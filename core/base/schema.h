// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront {

enum class ParameterKind { Integer, Real, Choice, Flag, Text };

/// Where a search for good values of a parameter looks: a range of numbers, or some of them; of a choice or
/// a flag all there are.
struct SearchRange {
    double low = 0, high = 0;
    bool logarithmic = false;
    std::vector<double> values{}; ///< instead of the range
};

/// One parameter of a recipe. The same description draws the form, parses the command line and checks
/// what is stored with a run.
struct Parameter {
    std::string key;   ///< as in --set key=value and in study.json
    std::string title; ///< as on the form
    std::string help;  ///< one sentence
    ParameterKind kind = ParameterKind::Real;
    Json defaultValue;
    std::optional<double> minimum{}, maximum{}; ///< numbers only, both included
    std::string unit{};                         ///< shown behind the value; may be empty
    std::vector<std::string> choices{};         ///< Choice only
    bool advanced = false;                      ///< folded away on the form
    std::optional<SearchRange> search{};        ///< nothing where it is not worth one
};

using Schema = std::vector<Parameter>;

const Parameter* findParameter(const Schema& schema, std::string_view key);
/// An object with every key at its default.
Json defaultsOf(const Schema& schema);
/// Checks kinds, ranges and unknown keys, and fills in what is missing; throws Error naming the subject and
/// key.
Json checked(const Schema& schema, const Json& values, const std::string& subject);
/// Reads the text of one value, as from --set; throws Error.
Json parseValue(const Parameter& parameter, std::string_view text);

} // namespace greenfront
