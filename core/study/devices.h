// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/device/latency_model.h"
#include "core/device/memory_limit.h"
#include "core/store/workspace.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace greenfront::study {

/// This machine, the shipped descriptions and those that the workspace's users have added; one that was added
/// stands for a shipped one of the same id.
std::vector<device::Profile> knownDevices(store::Workspace& workspace);
/// What people call them, by id.
using DeviceTitles = std::map<std::string, std::string>;
DeviceTitles deviceTitles(store::Workspace& workspace);
/// Throws Error that lists the known ones.
device::Profile findDevice(store::Workspace& workspace, const std::string& id);
/// What tells its latencies; a roofline where nothing better was added.
std::unique_ptr<device::LatencyModel> latencyModelOf(store::Workspace& workspace,
                                                     const device::Profile& profile);

/// Keeps a device in the workspace. Description: as device::profileFromJson() reads it. Latency: as
/// device::latencyModelFromJson() does. Throws Error where either is wrong, or where nothing tells its
/// latency.
device::Profile addDevice(store::Workspace& workspace, const Json& description, const Json& latency,
                          const std::string& subject);
/// Of files: Greenfront's own table or tables of the once-for-all project, not both; null without files.
Json latencyFromFiles(const std::vector<std::filesystem::path>& files);
/// A device measured by measureHere() or an agent: described by its table.
Json descriptionOf(const device::LatencyTable& table, const std::string& id, const std::string& title);
/// Adapts another device's latencies to networks measured on this one. Throws Error for fewer than three.
Json adaptedLatency(store::Workspace& workspace, const device::Profile& like, device::LatencyTable measured);

/// Throws Error that says by how much where not even the smallest network of the space fits into the device.
void requireRoom(const arch::SearchSpace& space, const device::Profile& profile);

} // namespace greenfront::study
