// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/store/workspace.h"

#include <span>
#include <string>
#include <vector>

namespace greenfront::store {

/// What one source of a machine draws while nothing is done, with the bounds of a 95 % interval.
struct IdlePowerRow {
    std::string source, method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds; ///< that it was measured for
    Watts power, low, high;
    std::string at{}; ///< ISO 8601, UTC; set by putIdlePower
};

/// Replaces everything that was known of the machine.
void putIdlePower(Workspace& workspace, const std::string& machine, std::span<const IdlePowerRow> rows);
/// By source; empty for a machine that was never measured.
std::vector<IdlePowerRow> idlePowerOf(Workspace& workspace, const std::string& machine);

} // namespace greenfront::store
