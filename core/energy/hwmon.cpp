// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/hwmon.h"

#include "core/energy/counter_meter.h"
#include "core/energy/power_meter.h"
#include "core/energy/tree_files.h"

#include <algorithm>
#include <array>
#include <set>

namespace greenfront::energy {
namespace fs = std::filesystem;
namespace {

struct Driver {
    std::string_view name;
    Part part;
    std::string_view what;
    double uncertainty; ///< of the sensor, as a share; shunts and regulators are specified to a few per cent
};

constexpr std::array drivers{
    Driver{"amdgpu", Part::Gpu, "graphics card", 0.1},
    Driver{"i915", Part::Gpu, "graphics card", 0.1},
    Driver{"xe", Part::Gpu, "graphics card", 0.1},
    Driver{"amd_energy", Part::Processor, "processor package", 0.05},
    Driver{"fam15h_power", Part::Processor, "processor package", 0.1},
    Driver{"ina3221", Part::Machine, "board", 0.05},
    Driver{"power_meter", Part::Machine, "machine at its power supply", 0.1},
};

/// One sensor: "power1", "energy3", or a rail's "in2" with "curr2".
struct Sensor {
    fs::path folder;
    std::string prefix; ///< "power", "energy", "in"
    std::string number;
    std::string label; ///< the driver's, or the sensor's own name
    std::string source;

    fs::path file(const std::string& suffix) const { return folder / (prefix + number + suffix); }
};

/// The digits between a prefix and a suffix; empty if the name is not of that form.
std::string numberIn(const std::string& name, std::string_view prefix, std::string_view suffix) {
    if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() <= prefix.size() + suffix.size())
        return {};
    const auto number = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
    const bool digits = number.size() <= 4 && number.find_first_not_of("0123456789") == std::string::npos;
    return digits ? number : std::string();
}

std::vector<Sensor> sensorsWith(const fs::path& folder, const std::string& prefix, std::string_view suffix) {
    std::vector<Sensor> sensors;
    for (const auto& entry : entriesOf(folder)) {
        const auto number = numberIn(entry.filename().string(), prefix, suffix);
        if (number.empty())
            continue;
        Sensor sensor{folder, prefix, number, readLine(folder / (prefix + number + "_label")), {}};
        if (sensor.label.empty())
            sensor.label = prefix + number;
        sensors.push_back(std::move(sensor));
    }
    return sensors;
}

/// Counters are better than powers, and these better than volts times amperes. A power has an average, or a
/// momentary value, or both.
std::vector<Sensor> sensorsOf(const fs::path& folder) {
    if (auto counters = sensorsWith(folder, "energy", "_input"); !counters.empty())
        return counters;
    auto powers = sensorsWith(folder, "power", "_average");
    for (auto& sensor : sensorsWith(folder, "power", "_input"))
        if (std::ranges::none_of(powers, [&](const Sensor& one) { return one.number == sensor.number; }))
            powers.push_back(std::move(sensor));
    if (!powers.empty())
        return powers;
    auto rails = sensorsWith(folder, "in", "_input");
    std::error_code code;
    std::erase_if(rails, [&](const Sensor& rail) {
        // ina3221 has three channels; what it numbers higher are voltages of shunts and sums.
        return rail.number > "3" || !fs::exists(folder / ("curr" + rail.number + "_input"), code);
    });
    return rails;
}

/// Microwatts, or millivolts times milliamperes, which are microwatts too.
std::optional<Watts> powerOf(const Sensor& sensor) {
    std::optional<std::uint64_t> micro;
    if (sensor.prefix == "in") {
        const auto milliVolts = readCount(sensor.file("_input"));
        const auto milliAmperes = readCount(sensor.folder / ("curr" + sensor.number + "_input"));
        if (!milliVolts || !milliAmperes || *milliVolts > 1'000'000 || *milliAmperes > 10'000'000)
            return std::nullopt;
        micro = *milliVolts * *milliAmperes;
    } else {
        micro = readCount(sensor.file("_average"));
        if (!micro)
            micro = readCount(sensor.file("_input"));
    }
    return micro ? std::optional(Watts(static_cast<double>(*micro) * 1e-6)) : std::nullopt;
}

std::unique_ptr<Meter> meterFor(const Sensor& sensor, const Driver& driver) {
    const bool counts = sensor.prefix == "energy";
    Description description;
    description.source = sensor.source;
    description.method = std::string(counts ? "Energy counter" : "Sampled power") + " of the whole " +
                         std::string(driver.what) + " \"" + sensor.label + "\" (" + std::string(driver.name) +
                         "), other programs included";
    description.uncertainty = driver.uncertainty;
    description.part = driver.part;
    description.resolution = Seconds(0.1); // the drivers average over tens of milliseconds
    if (!counts)
        return powerOf(sensor) ? std::make_unique<PowerMeter>(std::move(description),
                                                              [sensor] { return powerOf(sensor); })
                               : nullptr;
    const auto first = readCount(sensor.file("_input"));
    return first ? std::make_unique<CounterMeter>(
                       std::move(description), CounterScale{},
                       [file = sensor.file("_input")] { return readCount(file); }, *first)
                 : nullptr;
}

/// A processor with graphics reports a northbridge's voltage, and its power is that of the whole package.
bool isIntegrated(const fs::path& folder) {
    return readLine(folder / "in1_label") == "vddnb";
}

/// Does the sensor count what others of its chip count too? A board's input rail feeds the other rails;
/// sockets contain their cores.
bool isWhole(const Sensor& sensor, const Driver& driver) {
    if (driver.name == "amd_energy")
        return sensor.label.starts_with("Esocket");
    return driver.part != Part::Machine || sensor.label.ends_with("_IN") || sensor.label == "5V_IN";
}

/// What stays the same from one start to the next, unlike the folder's number.
std::string nameOf(const fs::path& folder) {
    std::error_code code;
    const auto device = fs::read_symlink(folder / "device", code);
    return (code ? folder : device).filename().string();
}

void addChip(const fs::path& folder, Driver driver, Meters& meters) {
    if (driver.name == "amdgpu" && isIntegrated(folder)) {
        driver.part = Part::Processor;
        driver.what = "processor package with its graphics";
    }
    auto sensors = sensorsOf(folder);
    const auto chip = std::string(driver.name) + ":" + nameOf(folder);
    std::set<std::string> taken;
    for (auto& sensor : sensors) {
        sensor.source = chip + ":" + sensor.label;
        if (!taken.insert(sensor.source).second)
            sensor.source += " (" + sensor.prefix + sensor.number + ")";
    }
    const auto whole =
        std::ranges::find_if(sensors, [&](const Sensor& sensor) { return isWhole(sensor, driver); });
    for (const auto& sensor : sensors) {
        auto meter = meterFor(sensor, driver);
        if (!meter)
            meters.unusable.push_back(
                {sensor.source, whyUnreadable(sensor.file("_input"), sensor.file("_*"))});
        else if (whole != sensors.end() && !isWhole(sensor, driver))
            meters.overlapping.push_back({std::move(meter), whole->source});
        else
            meters.usable.push_back(std::move(meter));
    }
}

} // namespace

Meters findHwmonMeters(const fs::path& root) {
    Meters meters;
    for (const auto& folder : entriesOf(root)) {
        const auto name = readLine(folder / "name");
        const auto driver = std::ranges::find(drivers, name, &Driver::name);
        if (driver != drivers.end())
            addChip(folder, *driver, meters);
        else if (!sensorsWith(folder, "power", "_input").empty() ||
                 !sensorsWith(folder, "energy", "_input").empty())
            meters.unusable.push_back({name + ":" + folder.filename().string(),
                                       "It has a power, but it is not known of what: the driver \"" + name +
                                           "\" is not in Greenfront's list"});
    }
    if (meters.usable.empty() && meters.unusable.empty())
        meters.absent.push_back({"hwmon", "No sensor of power or energy was found in " + root.string()});
    return meters;
}

} // namespace greenfront::energy
