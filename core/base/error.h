// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stdexcept>
#include <string>

namespace greenfront {

/// What ends an operation. The parts are shown apart in the window and joined on the command line:
/// "Cannot read train.gz: it ends inside row 17. Download it again."
class Error : public std::runtime_error {
public:
    struct Parts {
        std::string doing;   ///< what was being done, as a verb: "read"
        std::string subject; ///< to what: a file, a device, a run
        std::string reason;  ///< why it failed
        std::string advice;  ///< what the user can do; may be empty
    };

    explicit Error(Parts parts);
    Error(std::string doing, std::string subject, std::string reason, std::string advice = {});

    const Parts& parts() const noexcept { return parts_; }

private:
    Parts parts_;
};

/// Thrown by Control::checkpoint when the user has asked to stop; never an error to report.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace greenfront
