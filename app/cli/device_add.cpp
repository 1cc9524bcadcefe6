// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/device.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/store/devices.h"
#include "core/study/devices.h"

#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

struct AddOptions {
    std::string workspace, file;
    std::vector<std::string> tables;
};

struct RemoveOptions {
    std::string workspace, device;
};

struct ImportOptions {
    std::string workspace, result, device, title, like;
};

void told(const device::Profile& profile, const std::string& workspace) {
    std::cerr << "Added " << profile.id << ". Search for it with: greenfront-cli specialise " << workspace
              << " --device " << profile.id << '\n';
}

void add(const AddOptions& options) {
    const Json description = readJson(options.file);
    const Json latency = study::latencyFromFiles({options.tables.begin(), options.tables.end()});
    auto workspace = store::Workspace::openOrCreate(options.workspace);
    told(study::addDevice(workspace, description, latency, options.file), options.workspace);
}

void remove(const RemoveOptions& options) {
    auto workspace = store::Workspace::open(options.workspace);
    if (!store::removeDevice(workspace, options.device))
        throw Error("remove", "device '" + options.device + "'", "it was not added to " + options.workspace,
                    "List them with 'greenfront-cli device list " + options.workspace + "'");
}

void importResult(const ImportOptions& options) {
    const Json json = readJson(options.result);
    device::LatencyTable table = device::latencyTableFromJson(json, options.result);
    auto workspace = store::Workspace::openOrCreate(options.workspace);
    const Json description =
        study::descriptionOf(table, options.device, options.title.empty() ? options.device : options.title);
    Json latency{{"kind", "table"}, {"table", json}};
    if (!options.like.empty())
        latency =
            study::adaptedLatency(workspace, study::findDevice(workspace, options.like), std::move(table));
    else if (table.blocks.empty())
        throw Error("import", options.result, "it holds whole networks alone, which tell nothing of others",
                    "Name a device that is like it with --like, or make a plan with blocks");
    told(study::addDevice(workspace, description, latency, options.result), options.workspace);
}

} // namespace

void addDeviceAdd(CLI::App& device) {
    const auto addOptions = std::make_shared<AddOptions>();
    CLI::App* adding = device.add_subcommand("add", "Keep a device in a workspace");
    adding->add_option("WORKSPACE", addOptions->workspace, "The .greenfront file; made if it is not there")
        ->required();
    adding->add_option("FILE", addOptions->file, "Its description: JSON as in resources/devices")->required();
    adding->add_option("--latency-table", addOptions->tables,
                       "What 'device measure' has written, or YAML files of the once-for-all project, one a "
                       "resolution");
    adding->callback([addOptions] { add(*addOptions); });

    const auto removeOptions = std::make_shared<RemoveOptions>();
    CLI::App* removing =
        device.add_subcommand("remove", "Take a device out of a workspace; its results stay");
    removing->add_option("WORKSPACE", removeOptions->workspace, "A .greenfront file")->required();
    removing->add_option("DEVICE", removeOptions->device, "Its id")->required();
    removing->callback([removeOptions] { remove(*removeOptions); });
}

void addDeviceImport(CLI::App& device) {
    const auto options = std::make_shared<ImportOptions>();
    CLI::App* command =
        device.add_subcommand("import", "Keep a machine that greenfront-agent has measured as a device");
    command->add_option("WORKSPACE", options->workspace, "The .greenfront file; made if it is not there")
        ->required();
    command->add_option("RESULT", options->result, "The agent's result file")->required();
    command->add_option("--device-id", options->device, "Its id: lower-case letters, digits, hyphens")
        ->required();
    command->add_option("--title", options->title, "Its name for people");
    command->add_option("--like", options->like,
                        "Adapt this device's latencies to the measured networks, ten say");
    command->callback([options] { importResult(*options); });
}

} // namespace greenfront::cli
