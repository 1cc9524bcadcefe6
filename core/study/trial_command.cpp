// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_command.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <functional>
#include <string_view>

namespace greenfront::study {
namespace {

constexpr std::string_view trialName = "trial";

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool mayFollow(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

bool isName(std::string_view text) {
    return !text.empty() && isLetter(text.front()) && std::ranges::all_of(text, mayFollow);
}

/// With each {name} replaced by what `value` says, and {{name}} by {name}.
std::string filled(std::string_view word, const std::function<std::string(std::string_view name)>& value) {
    std::string text;
    for (std::size_t i = 0; i < word.size();) {
        const bool doubled = word.substr(i).starts_with("{{");
        const std::size_t start = i + (doubled ? 2 : 1);
        const auto end = word[i] == '{' ? word.find('}', start) : std::string_view::npos;
        const auto name = end == std::string_view::npos ? "" : word.substr(start, end - start);
        const bool variable = i > 0 && word[i - 1] == '$'; // a shell's
        if (variable || !isName(name) || (doubled && !word.substr(end).starts_with("}}"))) {
            text += word[i++];
            continue;
        }
        text += doubled ? std::string(word.substr(i + 1, end - i)) : value(name);
        i = end + (doubled ? 2 : 1);
    }
    return text;
}

std::string textOf(const Json& value) {
    if (value.is_string())
        return value.get<std::string>();
    return value.is_number_float() ? numberText(value.get<double>()) : value.dump();
}

} // namespace

void checkCommand(const std::vector<std::string>& command, const search::ParameterSpace& space) {
    if (command.empty() || command.front().empty())
        throw Error("run", "the command", "it is empty", "Name a program and its arguments");
    for (const std::string& word : command)
        filled(word, [&](std::string_view name) -> std::string {
            if (name != trialName && !space.find(name))
                throw Error("fill in", "{" + std::string(name) + "} of the command",
                            "the space has no parameter of that name",
                            "Write {{" + std::string(name) + "}} if braces are meant");
            return {};
        });
}

std::vector<std::string> placeholdersOf(const std::vector<std::string>& command) {
    std::vector<std::string> names;
    for (const std::string& word : command)
        filled(word, [&](std::string_view name) -> std::string {
            if (name != trialName && std::ranges::find(names, name) == names.end())
                names.emplace_back(name);
            return {};
        });
    return names;
}

std::vector<std::string> commandOf(const std::vector<std::string>& command, const Json& parameters,
                                   const search::ParameterSpace& space, std::uint64_t trial) {
    std::vector<std::string> words;
    words.reserve(command.size());
    for (const std::string& word : command)
        words.push_back(filled(word, [&](std::string_view name) -> std::string {
            if (name == trialName && !space.find(name))
                return std::to_string(trial);
            const auto found = parameters.find(std::string(name));
            return found == parameters.end() ? "" : textOf(*found);
        }));
    return words;
}

std::map<std::string, std::string> environmentOf(const Json& parameters, std::uint64_t trial) {
    std::map<std::string, std::string> variables{{"GREENFRONT_TRIAL", std::to_string(trial)},
                                                 {"GREENFRONT_PARAMETERS", parameters.dump()}};
    for (const auto& [name, value] : parameters.items()) {
        std::string variable = "GREENFRONT_PARAM_";
        for (const char c : name) {
            const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            variable += mayFollow(upper) && upper != '-' && upper != '.' ? upper : '_';
        }
        variables[variable] = textOf(value);
    }
    return variables;
}

} // namespace greenfront::study
