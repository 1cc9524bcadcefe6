// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <filesystem>

namespace greenfront::energy {

/// Sensors of the drivers whose joules can be told apart (https://docs.kernel.org/hwmon/): graphics cards
/// (amdgpu, i915, xe), AMD's processors (amd_energy, fam15h_power), supply rails of boards (ina3221, whose
/// labels name them) and power meters of servers (power_meter). Other drivers' powers are listed as unusable,
/// because it is not known of what they are.
Meters findHwmonMeters(const std::filesystem::path& root);

} // namespace greenfront::energy
