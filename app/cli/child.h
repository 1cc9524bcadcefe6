// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/base/units.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::cli {

struct Ended {
    int status = 0; ///< as a shell has it: what the program returned, or 128 + the signal that ended it
    int signal = 0; ///< that ended it; 0 if none did
    std::optional<Seconds> processorTime; ///< of the program and its children, where the system tells
};

/// Runs a program found as the shell would find it, with this process's standard streams, and waits for it.
/// With `outputToError` what it writes to standard output goes to standard error. Where the system has
/// signals, those that ask this process to end or tell it something are passed on. Throws CannotStart.
Ended runChild(const std::vector<std::string>& command, bool outputToError);

/// With the status that shells have for it.
class CannotStart : public Error {
public:
    CannotStart(const std::string& program, const std::string& reason, int status)
        : Error("start", program, reason), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};
constexpr int notExecutableStatus = 126, notFoundStatus = 127;

} // namespace greenfront::cli
