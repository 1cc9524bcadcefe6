// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/devices.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/device/adapt.h"
#include "core/device/runnable.h"
#include "core/store/devices.h"

#include <algorithm>

namespace greenfront::study {
namespace {

std::string subjectOf(const std::string& id) {
    return "device '" + id + "' of the workspace";
}

/// What its networks of the table take by the model of another device.
std::vector<device::Compared> compare(const device::LatencyModel& model, const device::LatencyTable& table) {
    const auto space = arch::makeSpace(table.space);
    std::vector<device::Compared> compared;
    for (const device::NetworkTime& network : table.networks) {
        const Genotype genotype = space->canonical(network.genotype);
        compared.push_back({model.of(device::asRun(space->decode(genotype))).median, network.time});
    }
    return compared;
}

} // namespace

std::vector<device::Profile> knownDevices(store::Workspace& workspace) {
    std::vector<device::Profile> all = device::knownDevices();
    for (const store::DeviceRow& row : store::allDevices(workspace)) {
        device::Profile profile = device::profileFromJson(row.profile, subjectOf(row.id));
        const auto shipped = std::ranges::find(all, row.id, &device::Profile::id);
        if (shipped != all.end())
            *shipped = std::move(profile);
        else
            all.push_back(std::move(profile));
    }
    return all;
}

DeviceTitles deviceTitles(store::Workspace& workspace) {
    DeviceTitles titles;
    for (const device::Profile& profile : knownDevices(workspace))
        titles[profile.id] = profile.title;
    return titles;
}

device::Profile findDevice(store::Workspace& workspace, const std::string& id) {
    std::vector<std::string> known;
    for (device::Profile& profile : knownDevices(workspace)) {
        if (profile.id == id)
            return std::move(profile);
        known.push_back(profile.id);
    }
    throw Error("find device", "'" + id + "'", "there is no description of it",
                "Known are " + join(known, ", ") + "; add one with 'greenfront-cli device add'");
}

std::unique_ptr<device::LatencyModel> latencyModelOf(store::Workspace& workspace,
                                                     const device::Profile& profile) {
    const auto row = store::findDeviceRow(workspace, profile.id);
    return device::latencyModelFromJson(row ? row->latency : Json(), profile, subjectOf(profile.id));
}

device::Profile addDevice(store::Workspace& workspace, const Json& description, const Json& latency,
                          const std::string& subject) {
    device::Profile profile = device::profileFromJson(description, subject);
    device::latencyModelFromJson(latency, profile, subject); // throws where it is wrong
    if (latency.is_null() && !device::hasSpeed(profile))
        throw Error("add", subject, "nothing tells how long a network takes there",
                    "Give 'peak_gflops' and 'bandwidth_gb_s', or a latency table with --latency-table");
    store::putDevice(workspace, {profile.id, description, latency});
    return profile;
}

Json latencyFromFiles(const std::vector<std::filesystem::path>& files) {
    Json tables = Json::array();
    for (const std::filesystem::path& file : files) {
        if (file.extension() == ".json") {
            if (files.size() > 1)
                throw Error("use latency table", file.string(), "it cannot be joined with other tables",
                            "Give one table of Greenfront's own, or the tables of the once-for-all project");
            Json table = readJson(file);
            device::latencyTableFromJson(table, file.string()); // throws where it is wrong
            return {{"kind", "table"}, {"table", std::move(table)}};
        }
        tables.push_back(device::LookupTable::read(file).toJson());
    }
    return tables.empty() ? Json() : Json{{"kind", "once-for-all"}, {"tables", tables}};
}

Json descriptionOf(const device::LatencyTable& table, const std::string& id, const std::string& title) {
    Json description{
        {"id", id},
        {"title", title},
        {"threads", table.threads},
        {"source", "Measured by Greenfront on " + table.machine + ", " + table.at + ": " + table.method}};
    if (table.power)
        description["power_w"] = table.power->power.value;
    return description;
}

Json adaptedLatency(store::Workspace& workspace, const device::Profile& like, device::LatencyTable measured) {
    if (measured.networks.size() < 3)
        throw Error("adapt", "the latencies of " + like.title,
                    "only " + std::to_string(measured.networks.size()) + " networks were measured",
                    "Measure ten or more: greenfront-cli device plan --networks 10");
    const auto row = store::findDeviceRow(workspace, like.id);
    const auto model = latencyModelOf(workspace, like);
    measured.correction = device::fitCorrection(compare(*model, measured));
    measured.blocks.clear();
    // A shipped device is described by what it is now, so that the workspace does not depend on a version.
    Json base;
    if (row)
        base = row->latency;
    return {{"kind", "adapted"},
            {"title", like.title},
            {"base", base},
            {"profile", row ? row->profile : device::shippedDescription(like.id)},
            {"measured", device::toJson(measured)}};
}

void requireRoom(const arch::SearchSpace& space, const device::Profile& profile) {
    const auto excess = device::excessOf(space.decode(space.canonical(space.smallest())), profile);
    if (excess)
        throw Error("search", "for " + profile.title,
                    "not even the smallest network of the space fits: " + excess->reason,
                    "Take a smaller space or another device");
}

} // namespace greenfront::study
