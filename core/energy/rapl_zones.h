// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <filesystem>

namespace greenfront::energy {

/// The zones of a powercap tree (https://docs.kernel.org/power/powercap/powercap.html), of Intel's and AMD's
/// processors alike. Usable: packages, memory and the whole platform ("psys"), which overlap: see
/// withoutOverlaps(). Cores and graphics are parts of their package, and of zones that appear both as
/// registers and memory-mapped, one is usable.
Meters findRaplMeters(const std::filesystem::path& root);

} // namespace greenfront::energy
