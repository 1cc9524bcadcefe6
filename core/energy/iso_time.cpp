// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/iso_time.h"

#include "core/base/error.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace greenfront::energy {
namespace {

using namespace std::chrono;

/// Takes what it is asked for off the front of a text, and remembers whether all of it was there.
class Taker {
public:
    explicit Taker(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int number = 0;
        const auto part = rest_.substr(0, count);
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), number);
        if (part.size() != count || problem != std::errc() || end != part.data() + count || part[0] == '-')
            good_ = false;
        rest_.remove_prefix(part.size());
        return number;
    }
    bool one(std::string_view choices) {
        if (rest_.empty() || choices.find(rest_.front()) == std::string_view::npos)
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    void need(std::string_view choices) { good_ = one(choices) && good_; }
    void skipDigits() {
        while (one("0123456789")) {
        }
    }
    char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool atEnd() const { return rest_.empty(); }
    bool good() const { return good_; }

private:
    std::string_view rest_;
    bool good_ = true;
};

struct TimeOfDay {
    int hour = 0, minute = 0, second = 0;
};

TimeOfDay takeTime(Taker& taker) {
    TimeOfDay time;
    time.hour = taker.digits(2);
    taker.need(":");
    time.minute = taker.digits(2);
    if (taker.one(":")) {
        time.second = taker.digits(2);
        if (taker.one(".,"))
            taker.skipDigits();
    }
    return time;
}

/// Minutes ahead of UTC; nothing if there is no zone or no such zone.
std::optional<minutes> takeZone(Taker& taker) {
    if (taker.one("Zz"))
        return minutes(0);
    const bool west = taker.front() == '-';
    if (!taker.one("+-"))
        return std::nullopt;
    const int hour = taker.digits(2);
    const int minute = taker.atEnd() ? 0 : (taker.one(":"), taker.digits(2));
    constexpr int farthest = 14;
    if (!taker.good() || hour > farthest || minute > 59)
        return std::nullopt;
    const minutes ahead = hours(hour) + minutes(minute);
    return west ? -ahead : ahead;
}

/// 0 if it is no unit.
seconds unitOf(char letter) {
    switch (letter) {
    case 'd':
        return days(1);
    case 'h':
        return hours(1);
    case 'm':
        return minutes(1);
    case 's':
        return seconds(1);
    default:
        return seconds(0);
    }
}

} // namespace

std::optional<Moment> parseMoment(std::string_view text, WithoutZone withoutZone) {
    Taker taker(text);
    const int yearNumber = taker.digits(4);
    taker.need("-");
    const int monthNumber = taker.digits(2);
    taker.need("-");
    const int dayNumber = taker.digits(2);
    taker.need("Tt ");
    const TimeOfDay time = takeTime(taker);
    if (!taker.good())
        return std::nullopt;
    const bool zoneless = taker.atEnd() && withoutZone == WithoutZone::IsUtc;
    const auto ahead = zoneless ? std::optional(minutes(0)) : takeZone(taker);
    const year_month_day date(year(yearNumber), month(static_cast<unsigned>(monthNumber)),
                              day(static_cast<unsigned>(dayNumber)));
    if (!taker.good() || !taker.atEnd() || !ahead || !date.ok() || time.hour > 23 || time.minute > 59 ||
        time.second > 59)
        return std::nullopt;
    return sys_days(date) + hours(time.hour) + minutes(time.minute) + seconds(time.second) - *ahead;
}

std::string isoText(Moment moment) {
    const auto dayStart = floor<days>(moment);
    const year_month_day date(dayStart);
    const hh_mm_ss time(moment - dayStart);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

std::chrono::seconds parseDuration(std::string_view text) {
    constexpr seconds longest = days(3653);
    const std::string subject = "'" + std::string(text) + "'";
    const std::string advice = "Write it as 2h, 90m, 1h30m or 45s";
    seconds total(0);
    seconds last = longest;
    for (std::string_view rest = text; !rest.empty();) {
        std::int64_t count = 0;
        const auto [end, problem] = std::from_chars(rest.data(), rest.data() + rest.size(), count);
        const seconds unit = end < rest.data() + rest.size() ? unitOf(*end) : seconds(0);
        if (problem != std::errc() || count < 0 || unit.count() == 0 || unit >= last)
            throw Error("read the duration", subject, "it is not a number of days, hours, minutes or seconds",
                        advice);
        if (count > longest / unit)
            throw Error("read the duration", subject, "it is longer than ten years", advice);
        total += count * unit;
        last = unit;
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()) + 1);
    }
    if (total.count() == 0 || total > longest)
        throw Error("read the duration", subject, "it is nothing, or longer than ten years", advice);
    return total;
}

} // namespace greenfront::energy
