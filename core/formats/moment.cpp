// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/moment.h"

#include "core/base/text.h"
#include "core/energy/iso_time.h"

#include <charconv>
#include <cmath>

namespace greenfront::formats {
namespace {

std::optional<double> numberFrom(std::string_view text) {
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    return whole && std::isfinite(number) && number >= 0 ? std::optional(number) : std::nullopt;
}

/// Of a second, behind the point; 0 where there is none.
double fractionIn(std::string_view text) {
    const auto point = text.find('.');
    if (point == std::string_view::npos)
        return 0;
    const auto end = text.find_first_not_of("0123456789", point + 1);
    return numberFrom(text.substr(point, end == std::string_view::npos ? end : end - point)).value_or(0);
}

} // namespace

std::optional<double> momentFrom(std::string_view text) {
    text = trimmed(text);
    const auto moment = energy::parseMoment(text, energy::WithoutZone::IsUtc);
    if (!moment)
        return std::nullopt;
    return static_cast<double>(moment->time_since_epoch().count()) + fractionIn(text);
}

std::optional<double> timespanFrom(std::string_view text) {
    text = trimmed(text);
    double seconds = 0;
    const auto days = text.find(" day");
    if (days != std::string_view::npos) {
        const auto number = numberFrom(text.substr(0, days));
        const auto clock = text.find(' ', days + 1);
        if (!number || clock == std::string_view::npos)
            return std::nullopt;
        seconds = *number * 86'400;
        text = trimmed(text.substr(clock));
    }
    const auto parts = split(text, ':');
    if (parts.size() != 3)
        return std::nullopt;
    const auto hours = numberFrom(parts[0]), minutes = numberFrom(parts[1]), rest = numberFrom(parts[2]);
    if (!hours || !minutes || !rest)
        return std::nullopt;
    return seconds + *hours * 3600 + *minutes * 60 + *rest;
}

void setTimes(ForeignTrial& trial, std::optional<double> start, std::optional<double> end) {
    trial.ended = end;
    if (start && end && *end >= *start)
        trial.seconds = Seconds(*end - *start);
}

} // namespace greenfront::formats
