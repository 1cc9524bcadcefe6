// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/trial_study.h"

#include <optional>
#include <string_view>

namespace greenfront::formats {

/// Seconds since 1970, with fractions, of an ISO 8601 time; one without a zone counts as UTC, so that times
/// of one table can be compared. Nothing if it is none.
std::optional<double> momentFrom(std::string_view text);

/// How long pandas says that something took, "0 days 00:01:02.5" or "00:01:02.5", in seconds.
std::optional<double> timespanFrom(std::string_view text);

/// When it ended and how long it took; an end before the start says nothing of that.
void setTimes(ForeignTrial& trial, std::optional<double> start, std::optional<double> end);

} // namespace greenfront::formats
