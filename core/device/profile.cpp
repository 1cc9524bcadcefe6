// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/profile.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/descriptions.h"
#include "core/device/this_machine.h"

#include <algorithm>

namespace greenfront::device {
namespace {

Parameter text(std::string key, std::string help) {
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.help = std::move(help);
    parameter.kind = ParameterKind::Text;
    return parameter;
}

Parameter number(std::string key, double minimum, double maximum, std::string unit, std::string help) {
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.help = std::move(help);
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    parameter.unit = std::move(unit);
    return parameter;
}

Parameter withDefault(Parameter parameter, Json value) {
    parameter.defaultValue = std::move(value);
    return parameter;
}

[[noreturn]] void refuse(const std::string& subject, const std::string& reason, const std::string& advice) {
    throw Error("use device description", subject, reason, advice);
}

std::string checkedText(const Json& values, const char* key, std::size_t limit, const std::string& subject) {
    auto value = values.at(key).get<std::string>();
    if (trimmed(value).empty() || value.size() > limit)
        refuse(subject, std::string("'") + key + "' is empty or too long",
               "Give 1 to " + std::to_string(limit) + " characters");
    return value;
}

bool isIdLetter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
}

std::string checkedId(const Json& values, const std::string& subject) {
    std::string id = checkedText(values, "id", 64, subject);
    if (id == thisMachine || !std::ranges::all_of(id, isIdLetter))
        refuse(subject, "'" + id + "' cannot be the id of a described device",
               "Use lower-case letters, digits and hyphens, and not " + std::string(thisMachine));
    return id;
}

Profile measuredHere() {
    const std::string processor = processorName();
    Profile profile;
    profile.id = thisMachine;
    profile.title = processor.empty() ? "This machine" : "This machine (" + processor + ")";
    profile.measured = true;
    profile.memory = physicalMemory();
    profile.source = "Measured on this machine";
    return profile;
}

std::vector<Profile> readAll() {
    std::vector<Profile> profiles{measuredHere()};
    for (const Description& description : descriptions()) {
        const std::string subject(description.file);
        profiles.push_back(profileFromJson(parseJson(description.json, subject), subject));
    }
    return profiles;
}

std::optional<double> optionalNumber(const Json& values, const char* key) {
    const Json& value = values.at(key);
    return value.is_null() ? std::nullopt : std::optional(value.get<double>());
}

void requireSpeedOrNone(const Json& values, const std::string& subject) {
    for (const auto& [given, other] :
         {std::pair("peak_gflops", "bandwidth_gb_s"), std::pair("bandwidth_gb_s", "peak_gflops")})
        if (!values.at(given).is_null() && values.at(other).is_null())
            refuse(subject, std::string("'") + other + "' is missing beside '" + given + "'",
                   "Give both, or neither and a latency table");
}

} // namespace

/// From a microcontroller to a rack: what is outside is a slip of the unit. A default of null stands for what
/// is not known.
Schema profileSchema() {
    const Profile defaults;
    Parameter threads = number("threads", 1, 4096, "", "That inference uses and peak_gflops counts.");
    threads.kind = ParameterKind::Integer;
    return {
        text("id", "Lower-case letters, digits and hyphens."),
        text("title", "For people."),
        std::move(threads),
        number("peak_gflops", 1e-3, 1e6, "GFLOP/s", "fp32, of these threads together."),
        number("bandwidth_gb_s", 1e-3, 1e5, "GB/s", "Of the memory, sustained."),
        withDefault(number("efficiency", 0.01, 1, "", "Share of the peak that convolutions reach."),
                    defaults.efficiency),
        withDefault(number("overhead_us", 0, 1e5, "us", "For each layer."), defaults.overhead.value * 1e6),
        number("memory_mib", 0.001, 1e8, "MiB",
               "Hard limit of what a model may take at once; without the weights where flash_kib is given."),
        number("flash_kib", 1, 1e9, "KiB", "Hard limit of the weights, where they stay in flash."),
        number("power_w", 1e-4, 1e5, "W", "While it computes."),
        number("idle_power_w", 0, 1e5, "W", "While it waits."),
        number("price_usd", 0.01, 1e7, "USD", "Of one."),
        number("lifetime_years", 0.1, 100, "years", "Of use that are expected."),
        withDefault(text("embodied_class", "Of resources/embodied.csv."), defaults.embodiedClass),
        withDefault(number("embodied_share", 1e-6, 1, "", "Of the whole device that is described here."),
                    defaults.embodiedShare),
        text("source", "Where each number comes from.")};
}

bool hasSpeed(const Profile& profile) {
    return profile.peakGflops > 0 && profile.bandwidthGBs > 0 && profile.efficiency > 0;
}

const std::vector<Profile>& knownDevices() {
    static const std::vector<Profile> profiles = readAll();
    return profiles;
}

Json shippedDescription(const std::string& id) {
    for (const Description& description : descriptions())
        if (description.file == id + ".json")
            return parseJson(description.json, std::string(description.file));
    throw Error("describe", "'" + id + "'", "it is measured, not described", "Take a described device");
}

const Profile& findDevice(const std::string& id) {
    const auto& devices = knownDevices();
    const auto found = std::ranges::find(devices, id, &Profile::id);
    if (found != devices.end())
        return *found;
    std::vector<std::string> known;
    known.reserve(devices.size());
    for (const Profile& device : devices)
        known.push_back(device.id);
    throw Error("find device", "'" + id + "'", "there is no description of it",
                "Known are " + join(known, ", "));
}

Profile profileFromJson(const Json& json, const std::string& subject) {
    if (!json.is_object())
        refuse(subject, "it is not a JSON object", "Start from one of the files in resources/devices");
    const Schema schema = profileSchema();
    const Json values = checked(schema, json, subject);
    for (const char* needed : {"id", "title", "threads", "source"})
        if (values.at(needed).is_null())
            refuse(subject, std::string("'") + needed + "' is missing", "Add it");
    requireSpeedOrNone(values, subject);
    Profile profile;
    profile.id = checkedId(values, subject);
    profile.title = checkedText(values, "title", 120, subject);
    profile.threads = values.at("threads").get<int>();
    profile.peakGflops = optionalNumber(values, "peak_gflops").value_or(0);
    profile.bandwidthGBs = optionalNumber(values, "bandwidth_gb_s").value_or(0);
    profile.efficiency = values.at("efficiency").get<double>();
    profile.overhead = Seconds(values.at("overhead_us").get<double>() * 1e-6);
    profile.memory = Bytes(optionalNumber(values, "memory_mib").value_or(0) * 1024 * 1024);
    if (const auto kibibytes = optionalNumber(values, "flash_kib"))
        profile.flash = Bytes(*kibibytes * 1024);
    profile.power = Watts(optionalNumber(values, "power_w").value_or(0));
    if (const auto watts = optionalNumber(values, "idle_power_w"))
        profile.idlePower = Watts(*watts);
    profile.price = optionalNumber(values, "price_usd");
    profile.lifetime = optionalNumber(values, "lifetime_years");
    profile.embodiedClass = values.at("embodied_class").get<std::string>();
    profile.embodiedShare = values.at("embodied_share").get<double>();
    profile.source = checkedText(values, "source", 2000, subject);
    return profile;
}

} // namespace greenfront::device
