// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/base/units.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace greenfront::formats {

/// Trials of another program's search, whatever it kept them in.
struct TrialObjective {
    std::string name;
    Direction direction = Direction::Minimise;

    bool operator==(const TrialObjective&) const = default;
};

/// Stopped: by its program, before its end. Infeasible: with values that break a constraint.
enum class TrialEnd { Finished, Stopped, Infeasible, Failed };

struct ForeignTrial {
    std::uint64_t number = 0;
    Json parameters = Json::object(); ///< {name: value} of those that it had
    TrialEnd end = TrialEnd::Finished;
    std::vector<double> objectives{}; ///< finite, one an objective; empty where there are none
    double violation = 0;             ///< how far constraints are broken, summed
    std::string reason{};             ///< why it failed
    std::vector<std::pair<std::int64_t, double>> reported{}; ///< step and value while it ran; may be NaN
    std::optional<double> ended{};                           ///< seconds since 1970, by that program's clock
    std::optional<Seconds> seconds{};
};

struct TrialStudy {
    std::string name;
    /// {"parameters": [...]} as search::parameterSpaceFromJson reads it; the list is empty where no parameter
    /// has two values.
    Json space;
    Json fixed = Json::object(); ///< {name: value} of parameters with one value, which no space has
    std::vector<TrialObjective> objectives{};
    std::vector<ForeignTrial> trials{}; ///< that have ended; no number twice
    std::size_t unfinished = 0;         ///< that were running or waiting, and are left out
    std::vector<std::string> notes{};   ///< what was guessed, for a person
    Json source = Json::object();       ///< what it was read from
};

/// What a study that was read lacks: takes parameters with one value out of its space and its trials, and
/// reads off the trials where parameters exist that not all have: one that exists just where another has
/// certain values gets that as its condition. What is guessed so is noted.
void completeSpace(TrialStudy& study);

/// In what a person reads: a few of many names.
std::string someNames(const std::vector<std::string>& names);

} // namespace greenfront::formats
