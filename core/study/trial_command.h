// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace greenfront::study {

/// Throws Error where a {name} of the command is no parameter of the space. {trial} is the trial's number;
/// {{name}} stands for {name}; ${name}, and braces around what cannot be a name, are left as they are.
void checkCommand(const std::vector<std::string>& command, const search::ParameterSpace& space);

/// The parameters that the command names, in the order in which it does; without {trial}.
std::vector<std::string> placeholdersOf(const std::vector<std::string>& command);

/// One trial's command: each {name} becomes the parameter's value, of an inactive one nothing. Values stay
/// within their word, whatever they hold.
std::vector<std::string> commandOf(const std::vector<std::string>& command, const Json& parameters,
                                   const search::ParameterSpace& space, std::uint64_t trial);
/// The same for programs that read variables: GREENFRONT_TRIAL, GREENFRONT_PARAMETERS (JSON), and for each
/// active parameter GREENFRONT_PARAM_NAME, in capitals, with _ for what may not stand in a name.
std::map<std::string, std::string> environmentOf(const Json& parameters, std::uint64_t trial);

} // namespace greenfront::study
