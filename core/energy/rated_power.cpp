// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/rated_power.h"

#include "core/base/text.h"
#include "processor_table.h"

#include <charconv>

namespace greenfront::energy {
namespace {

/// The table's laptops have 0.9 to 3.5 W a thread, its desktops 3.3 to 7.8, its servers 1.6 to 6.3.
constexpr Watts typicalPerThread(4.0);
constexpr double typicalUncertainty = 0.6;
constexpr double ratedUncertainty = 0.4;

double wholeNumber(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// Is the name's part a word of its own? "i9-12900K" is not in "i9-12900KS".
bool contains(std::string_view name, std::string_view part) {
    const auto at = name.find(part);
    if (at == std::string_view::npos)
        return false;
    const auto end = at + part.size();
    return end == name.size() || name[end] == ' ';
}

} // namespace

RatedPower ratedPower(std::string_view processorName) {
    for (const auto line : split(processorTable, '\n')) {
        const auto fields = split(line, ',');
        if (line.starts_with('#') || fields.size() != 4 || !contains(processorName, fields[0]))
            continue;
        return {Watts(wholeNumber(fields[2]) / wholeNumber(fields[1])),
                "rated power of " + std::string(fields[0]) + ", " + std::string(fields[3]), ratedUncertainty};
    }
    return {typicalPerThread, "a typical value, as this processor is not in the table", typicalUncertainty};
}

} // namespace greenfront::energy
