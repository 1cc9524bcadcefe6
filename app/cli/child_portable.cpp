// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child.h"

#include <cstdlib>

namespace greenfront::cli {
namespace {

/// In double quotes, which the command interpreters of the systems without fork() understand. What could not
/// be quoted is refused rather than run as something else.
std::string quoted(const std::string& argument) {
    if (argument.find_first_of("\"%\n\r") != std::string::npos)
        throw CannotStart(argument,
                          "arguments with quotes, percent signs or line breaks cannot be passed on here",
                          notExecutableStatus);
    return '"' + argument + '"';
}

} // namespace

Ended runChild(const std::vector<std::string>& command, bool outputToError) {
    std::string line;
    for (const auto& argument : command)
        line += (line.empty() ? "" : " ") + quoted(argument);
    if (outputToError)
        line += " 1>&2";
    line = '"' + line + '"'; // the interpreter takes off the outer pair
    Ended ended;
    ended.status = std::system(line.c_str());
    if (ended.status < 0)
        throw CannotStart(command[0], "the system has no command interpreter", notExecutableStatus);
    return ended;
}

} // namespace greenfront::cli
