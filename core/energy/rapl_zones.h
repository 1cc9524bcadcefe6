// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <filesystem>

namespace greenfront::energy {

struct RaplMeters {
    Meters meters;
    bool coverProcessor = false; ///< is there more than memory among the usable ones?
};

/// The zones of a powercap tree whose joules add up without counting any twice: packages and memory, or the
/// whole platform ("psys") where there is no package. Cores and graphics are parts of their package, and of
/// zones that appear both as registers and memory-mapped, one is taken.
RaplMeters findRaplMeters(const std::filesystem::path& root);

} // namespace greenfront::energy
