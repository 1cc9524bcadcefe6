// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/base/units.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace greenfront {

struct ProgramEnd {
    int status = 0; ///< what it returned
    /// That ended it; 0 if none did. On Windows 2 if it was the console's Ctrl-C or Ctrl-Break, 9 if it was
    /// ended by this process.
    int signal = 0;
    /// Of the program and the children that it waited for (on Windows: all), where the system tells.
    std::optional<Seconds> processorTime{};
};

/// Other programs that run beside this one, each with its children in a group of its own, so that a
/// terminal's Ctrl-C reaches this program alone, and it decides. Belongs to one thread.
class Programs {
public:
    struct Event {
        std::uint64_t id = 0;
        std::string output{}, errors{};    ///< what was written since the last event, at most 64 KiB each
        std::optional<ProgramEnd> ended{}; ///< the last event of a program
    };

    Programs();
    Programs(const Programs&) = delete;
    Programs& operator=(const Programs&) = delete;
    ~Programs(); ///< ends all that still run

    /// command: the program, found as the shell would, and its arguments, as they are. environment: beside
    /// this process's own. Standard input is empty. Throws Error if it cannot be started.
    void start(std::uint64_t id, const std::vector<std::string>& command,
               const std::map<std::string, std::string>& environment);
    /// What happened, as soon as something did, and after so long at the latest.
    std::vector<Event> wait(Seconds most);
    /// Asks the program and its children to end, and ends them after a grace. Its last event still comes.
    void stop(std::uint64_t id, Seconds grace = Seconds(5));
    std::size_t running() const;
    /// Of a running program and its children until now, where the system tells.
    std::optional<Seconds> processorTime(std::uint64_t id) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace greenfront
