// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <filesystem>

namespace greenfront::energy {

/// What a laptop's batteries give while they discharge: the whole machine, screen included
/// (https://docs.kernel.org/power/power_supply_class.html). On mains power there is nothing to read.
Meters findBatteryMeters(const std::filesystem::path& root);

} // namespace greenfront::energy
