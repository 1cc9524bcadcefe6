// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace greenfront {

/// How far a job is. Remaining time and energy are absent until there is something to judge them by.
struct Progress {
    std::string phase;   ///< "training", "search", "measuring"
    std::string message; ///< one line for a person
    double fraction = 0; ///< of the whole job, 0..1
    std::optional<Seconds> remaining;
    std::optional<Joules> remainingEnergy;
    std::string forecast{}; ///< what the whole job is expected to cost, with its interval; for a person
};

using ProgressSink = std::function<void(const Progress&)>;

/// Extrapolates the time still to come from the pace so far, ignoring the time before work began.
class RemainingTime {
public:
    /// nothing until 2 % of the work has been seen
    std::optional<Seconds> estimate(double fraction);

private:
    using Clock = std::chrono::steady_clock;
    std::optional<Clock::time_point> start_;
    double startFraction_ = 0;
};

} // namespace greenfront
