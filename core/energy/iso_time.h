// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace greenfront::energy {

/// A moment, to the second, in UTC.
using Moment = std::chrono::sys_seconds;

/// ISO 8601 with a zone: "2026-03-01T12:00:00Z", "2026-03-01T14:00+02:00", "2026-03-01 12:00:00.000+0000".
/// Nothing if the text is anything else, names a day or an hour that does not exist, or gives no zone and
/// `withoutZone` does not say that such a time is UTC. Fractions of a second are dropped.
enum class WithoutZone { Refused, IsUtc };
std::optional<Moment> parseMoment(std::string_view text, WithoutZone withoutZone = WithoutZone::Refused);
/// "2026-03-01T12:00:00Z"
std::string isoText(Moment moment);

/// "2h", "90m", "1h30m", "45s", "2d": whole numbers with units, the larger ones first. Throws Error for
/// anything else, for nothing at all and beyond ten years.
std::chrono::seconds parseDuration(std::string_view text);

} // namespace greenfront::energy
