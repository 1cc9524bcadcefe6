// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"
#include "core/search/objective.h"
#include "core/search/pareto.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::search {

/// What a trial has told of itself so far. Its intervals count from 1, one a report, as Azure's do.
struct Curve {
    std::vector<Point> reports{}; ///< one value an objective, in its own unit; NaN where it told none
    std::vector<double> joules{}; ///< that it had taken by each report; as many
    bool ended = false;
    std::optional<Point> result{}; ///< of a trial that ran to its end
    double totalJoules = 0;        ///< of a trial that has ended
};
using Curves = std::map<std::uint64_t, Curve>; ///< by the trial's number

/// Decides whether a trial is worth going on. Knows nothing but the curves, so that a study that is taken up
/// decides as it would have.
class StoppingPolicy {
public:
    virtual ~StoppingPolicy() = default;
    /// To be asked after each report of a trial: why it should stop now; nothing if it should go on.
    virtual std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const = 0;
};

/// "bandit", "median", "truncation", "asha", "hyperband", "energy".
const std::vector<std::string>& policyNames();
/// The options of a policy, with their defaults; throws Error for a policy that does not exist.
const Schema& policySchema(std::string_view name);
/// Reads "bandit:slack_factor=0.1,evaluation_interval=1"; throws Error for an unknown policy or option, and
/// for a value out of range. Policies that look at one metric take the first objective unless `metric` names
/// another; "asha", "hyperband" and "energy" look at all of them.
std::unique_ptr<StoppingPolicy> policyFrom(std::string_view text, std::span<const Objective> objectives);

} // namespace greenfront::search
