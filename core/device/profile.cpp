// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/profile.h"

#include "core/base/error.h"
#include "core/base/schema.h"
#include "core/base/text.h"
#include "core/device/descriptions.h"
#include "core/device/this_machine.h"

#include <algorithm>

namespace greenfront::device {
namespace {

Parameter text(std::string key) {
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.kind = ParameterKind::Text;
    return parameter;
}

Parameter number(std::string key, double minimum, double maximum, Json defaultValue = nullptr) {
    Parameter parameter;
    parameter.key = std::move(key);
    parameter.defaultValue = std::move(defaultValue);
    parameter.minimum = minimum;
    parameter.maximum = maximum;
    return parameter;
}

/// From a microcontroller to a rack: what is outside is a slip of the unit. A default of null stands for what
/// has to be there.
Schema profileSchema() {
    const Profile defaults;
    Parameter threads = number("threads", 1, 4096);
    threads.kind = ParameterKind::Integer;
    Parameter embodiedClass = text("embodied_class");
    embodiedClass.defaultValue = defaults.embodiedClass;
    return {text("id"),
            text("title"),
            std::move(threads),
            number("peak_gflops", 1e-3, 1e6),
            number("bandwidth_gb_s", 1e-3, 1e5),
            number("efficiency", 0.01, 1, defaults.efficiency),
            number("overhead_us", 0, 1e5, defaults.overhead.value * 1e6),
            number("memory_mib", 0.01, 1e8),
            number("power_w", 1e-3, 1e5),
            std::move(embodiedClass),
            number("embodied_share", 1e-6, 1, defaults.embodiedShare),
            text("source")};
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

} // namespace

const std::vector<Profile>& knownDevices() {
    static const std::vector<Profile> profiles = readAll();
    return profiles;
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
    for (const Parameter& parameter : schema)
        if (values.at(parameter.key).is_null())
            refuse(subject, "'" + parameter.key + "' is missing", "Add it");
    Profile profile;
    profile.id = checkedId(values, subject);
    profile.title = checkedText(values, "title", 120, subject);
    profile.threads = values.at("threads").get<int>();
    profile.peakGflops = values.at("peak_gflops").get<double>();
    profile.bandwidthGBs = values.at("bandwidth_gb_s").get<double>();
    profile.efficiency = values.at("efficiency").get<double>();
    profile.overhead = Seconds(values.at("overhead_us").get<double>() * 1e-6);
    profile.memory = Bytes(values.at("memory_mib").get<double>() * 1024 * 1024);
    profile.power = Watts(values.at("power_w").get<double>());
    profile.embodiedClass = values.at("embodied_class").get<std::string>();
    profile.embodiedShare = values.at("embodied_share").get<double>();
    profile.source = checkedText(values, "source", 2000, subject);
    return profile;
}

} // namespace greenfront::device
