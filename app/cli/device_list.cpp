// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"
#include "app/cli/output.h"
#include "core/base/text.h"
#include "core/store/devices.h"
#include "core/study/devices.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, device;
    bool json = false;
};

/// A device with what tells its latency.
struct Listed {
    device::Profile profile;
    std::string latency;
    bool added = false;
};

std::vector<Listed> devicesOf(const std::string& file) {
    std::vector<Listed> listed;
    const auto add = [&](const device::Profile& profile, const std::string& latency, bool added) {
        listed.push_back({profile, profile.measured ? "measured here" : latency, added});
    };
    if (file.empty()) {
        for (const device::Profile& profile : device::knownDevices())
            add(profile, device::rooflineModel(profile)->summary(), false);
        return listed;
    }
    auto workspace = store::Workspace::open(file);
    for (const device::Profile& profile : study::knownDevices(workspace))
        add(profile, study::latencyModelOf(workspace, profile)->summary(),
            store::findDeviceRow(workspace, profile.id).has_value());
    return listed;
}

template <class Value>
OrderedJson orNull(const std::optional<Value>& value, double factor = 1) {
    if constexpr (std::is_same_v<Value, double>)
        return value ? OrderedJson(*value * factor) : OrderedJson();
    else
        return value ? OrderedJson(value->value * factor) : OrderedJson();
}

OrderedJson aboveZero(double value) {
    return value > 0 ? OrderedJson(value) : OrderedJson();
}

OrderedJson asJson(const Listed& device) {
    const device::Profile& profile = device.profile;
    return {{"id", profile.id},
            {"title", profile.title},
            {"latency", device.latency},
            {"added", device.added},
            {"threads", profile.threads},
            {"peak_gflops", aboveZero(profile.peakGflops)},
            {"bandwidth_gb_s", aboveZero(profile.bandwidthGBs)},
            {"memory_mib", aboveZero(profile.memory.value / 1048576)},
            {"flash_kib", orNull(profile.flash, 1.0 / 1024)},
            {"power_w", aboveZero(profile.power.value)},
            {"idle_power_w", orNull(profile.idlePower)},
            {"price_usd", orNull(profile.price)},
            {"lifetime_years", orNull(profile.lifetime)},
            {"embodied_class", profile.embodiedClass},
            {"source", profile.source}};
}

std::string sizeOrDash(const std::optional<Bytes>& size) {
    return size && size->value > 0 ? greenfront::toText(*size) : "-";
}

void list(const Options& options) {
    const auto devices = devicesOf(options.workspace);
    if (options.json) {
        OrderedJson all = OrderedJson::array();
        for (const Listed& device : devices)
            all.push_back(asJson(device));
        return printJson(all);
    }
    std::vector<std::vector<std::string>> table{
        {"device", "title", "memory", "flash", "power", "latency from"}};
    for (const Listed& device : devices) {
        const device::Profile& profile = device.profile;
        table.push_back({profile.id + (device.added ? " *" : ""), profile.title, sizeOrDash(profile.memory),
                         sizeOrDash(profile.flash),
                         profile.power.value > 0 ? greenfront::toText(profile.power) : "-", device.latency});
    }
    printTable(table);
    if (!options.workspace.empty())
        std::cout << "* added to the workspace\n";
}

void show(const Options& options) {
    for (const Listed& device : devicesOf(options.workspace)) {
        if (device.profile.id != options.device)
            continue;
        const OrderedJson json = asJson(device);
        if (options.json)
            return printJson(json);
        for (const auto& [key, value] : json.items())
            if (!value.is_null())
                std::cout << key << ": " << (value.is_string() ? value.get<std::string>() : value.dump())
                          << '\n';
        return;
    }
    device::findDevice(options.device); // throws, listing the known ones
}

} // namespace

void addDeviceList(CLI::App& device) {
    const auto listOptions = std::make_shared<Options>();
    CLI::App* listing = device.add_subcommand("list", "Every device, and what tells its latencies");
    listing->add_option("WORKSPACE", listOptions->workspace,
                        "With the devices added to this .greenfront file");
    listing->add_flag("--json", listOptions->json, "Print one JSON document");
    listing->callback([listOptions] { list(*listOptions); });

    const auto showOptions = std::make_shared<Options>();
    CLI::App* showing = device.add_subcommand("show", "One device with the sources of its numbers");
    showing->add_option("DEVICE", showOptions->device, "Its id")->required();
    showing->add_option("--workspace", showOptions->workspace, "Where it was added");
    showing->add_flag("--json", showOptions->json, "Print one JSON document");
    showing->callback([showOptions] { show(*showOptions); });
}

} // namespace greenfront::cli
