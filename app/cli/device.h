// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/device/measure_space.h"
#include "core/store/workspace.h"

#include <CLI/CLI.hpp>
#include <string>

namespace greenfront::cli {

void addDevice(CLI::App& app);
/// Below `device`.
void addDeviceList(CLI::App& device);
void addDeviceAdd(CLI::App& device);
void addDeviceMeasure(CLI::App& device);
void addDevicePlan(CLI::App& device);
void addDeviceImport(CLI::App& device);

/// Where a plan's networks come from.
struct SpaceChoice {
    std::string workspace, space;
    std::int64_t study = 0;
};
void addSpaceChoice(CLI::App& command, SpaceChoice& choice);
/// A study's of the workspace, a JSON file's (a space or a study), or that of a kind for small images. Throws
/// Error where nothing tells it.
std::shared_ptr<const arch::SearchSpace> spaceOf(const SpaceChoice& choice);

/// Runs greenfront-agent on another machine by ssh, the plan on its standard input; returns the result that
/// it prints. Throws Error where ssh is not there, where it fails, and on systems without it.
std::string measureOverSsh(const std::string& host, const std::string& agent, const std::string& plan);

} // namespace greenfront::cli
