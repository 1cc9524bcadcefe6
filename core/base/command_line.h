// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace greenfront {

/// One line that programs on Windows take apart into exactly these arguments again: by the rules of
/// CommandLineToArgvW and of Microsoft's C runtime ("Parsing C command-line arguments"). The first is the
/// program. Batch files, which read their arguments as commands, get none that could become one: throws
/// Error.
std::string windowsCommandLine(const std::vector<std::string>& command);

} // namespace greenfront
