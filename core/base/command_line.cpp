// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/command_line.h"

#include "core/base/error.h"

namespace greenfront {
namespace {

/// Backslashes count only before a quote: there each needs another, and the quote one more.
std::string quoted(const std::string& argument) {
    std::string text = "\"";
    std::size_t backslashes = 0;
    for (const char letter : argument) {
        if (letter == '"')
            text.append(backslashes + 1, '\\');
        backslashes = letter == '\\' ? backslashes + 1 : 0;
        text += letter;
    }
    return text.append(backslashes, '\\') + '"';
}

bool isPlain(const std::string& argument) {
    return !argument.empty() && argument.find_first_of(" \t\n\v\"") == std::string::npos;
}

bool isBatchFile(const std::string& program) {
    std::string name = program.substr(0, program.find_last_not_of(" .") + 1); // Windows ignores these
    for (char& letter : name)
        if ('A' <= letter && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return name.ends_with(".bat") || name.ends_with(".cmd");
}

} // namespace

std::string windowsCommandLine(const std::vector<std::string>& command) {
    const std::string& program = command.front();
    if (program.empty() || program.find('"') != std::string::npos)
        throw Error("start", program, "that is not the name of a file",
                    "Check that the program is there and can be found");
    const bool batch = isBatchFile(program);
    std::string line = '"' + program + '"'; // in a program's name a backslash is never more than itself
    for (auto argument = command.begin() + 1; argument != command.end(); ++argument) {
        if (batch && argument->find_first_of("\"%\r\n") != std::string::npos)
            throw Error("start", program,
                        "a batch file cannot take arguments with quotes, percent signs or line breaks",
                        "Name the program that it starts");
        line += ' ' + (batch || !isPlain(*argument) ? quoted(*argument) : *argument);
    }
    return line;
}

} // namespace greenfront
