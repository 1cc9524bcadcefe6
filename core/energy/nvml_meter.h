// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <string>

namespace greenfront::energy {

/// A meter for every NVIDIA GPU: its counter of energy, or its sampled power where it has none (before Volta)
/// or where the counter stands still although the GPU draws power. `path`: the library, or a name that the
/// system looks for.
Meters findNvmlMeters(const std::string& path, const Stopwatch& now = steadySeconds);

/// GREENFRONT_NVML_LIBRARY, or the name that drivers install.
std::string nvmlLibraryPath();

} // namespace greenfront::energy
