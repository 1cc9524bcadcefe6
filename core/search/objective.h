// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::search {

/// What a search is after: a metric by its name, and which way is better.
struct Objective {
    std::string name;
    Direction direction = Direction::Minimise;

    bool operator==(const Objective&) const = default;
};

/// Reads "max:acc" or "min:latency_ms"; what follows the first colon is the name, without spaces around it.
/// Throws Error for another direction, no direction, or no name.
Objective objectiveFrom(std::string_view text);
/// At least one and at most 64, no name twice; throws Error.
std::vector<Objective> objectivesFrom(std::span<const std::string> texts);
/// As objectiveFrom reads it.
std::string toText(const Objective& objective);
std::vector<Direction> directionsOf(std::span<const Objective> objectives);

} // namespace greenfront::search
