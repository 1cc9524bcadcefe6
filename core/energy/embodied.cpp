// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/embodied.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "embodied_table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace greenfront::energy {
namespace {

constexpr double gramsPerKilogram = 1000.0;

double numberIn(std::string_view text) {
    double number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

GramsCO2e gramsIn(std::string_view kilograms) {
    return GramsCO2e(numberIn(kilograms) * gramsPerKilogram);
}

/// class,title,low,typical,high,unit,years,source
DeviceClass parsedRow(std::string_view row) {
    const auto fields = split(row, ',');
    return {.id = std::string(fields[0]),
            .title = std::string(fields[1]),
            .embodied = {gramsIn(fields[2]), gramsIn(fields[3]), gramsIn(fields[4])},
            .years = numberIn(fields[6]),
            .source = std::string(fields[7])};
}

} // namespace

std::span<const DeviceClass> deviceClasses() {
    static const std::vector<DeviceClass> all = [] {
        std::vector<DeviceClass> classes;
        for (const std::string_view row : embodiedTable)
            if (!row.starts_with("class,"))
                classes.push_back(parsedRow(row));
        return classes;
    }();
    return all;
}

const DeviceClass& deviceClass(std::string_view id) {
    const auto found = std::ranges::find(deviceClasses(), id, &DeviceClass::id);
    if (found != deviceClasses().end())
        return *found;
    std::vector<std::string> known;
    for (const DeviceClass& each : deviceClasses())
        known.push_back(each.id);
    throw Error("find", "the device class '" + std::string(id) + "'", "there is no such class",
                "Known are " + join(known, ", "));
}

CarbonRange embodiedShare(const CarbonRange& total, Seconds reserved, Seconds lifespan, double share) {
    const auto refuse = [](const std::string& reason) {
        throw Error("share out", "embodied carbon", reason, "Correct the assumption");
    };
    if (!std::isfinite(lifespan.value) || lifespan.value <= 0)
        refuse("the lifespan is not above 0");
    if (!std::isfinite(reserved.value) || reserved.value < 0)
        refuse("the time is negative or no number");
    if (!(share >= 0 && share <= 1))
        refuse("the share of the device is not within 0 and 1");
    return total * (reserved / lifespan * share);
}

} // namespace greenfront::energy
