// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/battery.h"

#include "core/energy/power_meter.h"
#include "core/energy/tree_files.h"

#include <algorithm>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

bool discharges(const fs::path& battery) {
    return readLine(battery / "status") == "Discharging";
}

/// Batteries that the machine runs on; a mouse's has the scope "Device".
std::vector<fs::path> batteriesIn(const fs::path& root) {
    auto batteries = entriesOf(root);
    std::erase_if(batteries, [](const fs::path& folder) {
        return readLine(folder / "type") != "Battery" || readLine(folder / "scope") == "Device";
    });
    return batteries;
}

/// Microwatts, or microvolts times microamperes. Some drivers give a discharge as a negative current.
std::optional<Watts> powerOf(const fs::path& battery) {
    if (const auto micro = readCount(battery / "power_now"))
        return Watts(static_cast<double>(*micro) * 1e-6);
    const auto volts = readCount(battery / "voltage_now");
    auto current = readLine(battery / "current_now");
    if (current.starts_with('-'))
        current.erase(0, 1);
    if (!volts || current.empty() || current.size() > 12 ||
        current.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    return Watts(static_cast<double>(*volts) * 1e-6 * static_cast<double>(std::stoll(current)) * 1e-6);
}

/// Of all that discharge; nothing if none does or one cannot be read.
std::optional<Watts> discharge(const std::vector<fs::path>& batteries) {
    std::optional<Watts> sum;
    for (const auto& battery : batteries) {
        if (!discharges(battery))
            continue;
        const auto power = powerOf(battery);
        if (!power)
            return std::nullopt;
        sum = sum.value_or(Watts(0)) + *power;
    }
    return sum;
}

} // namespace

Meters findBatteryMeters(const fs::path& root) {
    Meters meters;
    const auto batteries = batteriesIn(root);
    if (batteries.empty()) {
        meters.absent.push_back({"battery", "No battery was found in " + root.string()});
    } else if (std::ranges::none_of(batteries, discharges)) {
        meters.unusable.push_back(
            {"battery", "It does not discharge: what comes from the mains cannot be read"});
    } else if (!discharge(batteries)) {
        const auto battery = *std::ranges::find_if(batteries, discharges);
        meters.unusable.push_back({"battery", whyUnreadable(battery / "power_now", battery / "power_now")});
    } else {
        Description description;
        description.source = "battery";
        description.method = "Sampled power of the battery's discharge: the whole machine, screen included";
        description.uncertainty = 0.1; // fuel gauges are specified to a few per cent, and report late
        description.part = Part::Machine;
        description.resolution = Seconds(5);
        meters.usable.push_back(std::make_unique<PowerMeter>(std::move(description),
                                                             [batteries] { return discharge(batteries); }));
    }
    return meters;
}

} // namespace greenfront::energy
