// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <chrono>
#include <ctime>
#include <iomanip>
#include <sstream>

namespace greenfront {

std::string utcNow() {
    // gmtime's shared buffer is not safe between threads, so the calendar comes from <chrono>.
    using namespace std::chrono;
    const auto now = floor<seconds>(system_clock::now());
    const auto day = floor<days>(now);
    const year_month_day date(day);
    const hh_mm_ss time(now - day);
    std::ostringstream text;
    text << std::setfill('0') << std::setw(4) << static_cast<int>(date.year()) << '-' << std::setw(2)
         << static_cast<unsigned>(date.month()) << '-' << std::setw(2) << static_cast<unsigned>(date.day())
         << 'T' << std::setw(2) << time.hours().count() << ':' << std::setw(2) << time.minutes().count()
         << ':' << std::setw(2) << time.seconds().count() << 'Z';
    return text.str();
}

} // namespace greenfront
