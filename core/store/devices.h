// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/store/workspace.h"

#include <string>
#include <vector>

namespace greenfront::store {

/// A device that a user has added.
struct DeviceRow {
    std::string id;
    Json profile;     ///< its description
    Json latency;     ///< what its latencies are told from; null where the description is all
    std::string at{}; ///< ISO 8601, UTC; set by putDevice
};

/// Replaces one of the same id.
void putDevice(Workspace& workspace, const DeviceRow& row);
/// False if there was none.
bool removeDevice(Workspace& workspace, const std::string& id);
std::optional<DeviceRow> findDeviceRow(Workspace& workspace, const std::string& id);
std::vector<DeviceRow> allDevices(Workspace& workspace); ///< by id

} // namespace greenfront::store
