// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <optional>
#include <string>

namespace greenfront::energy {

/// As the system reports it; empty where it does not.
std::string processorName();

/// Processor time of this process so far, summed over its threads; nothing where the system does not tell.
std::optional<Seconds> processorTime();

/// Processor time of the calling thread alone.
std::optional<Seconds> threadTime();

/// What all programs together have used so far, and out of how many hardware threads.
struct MachineLoad {
    Seconds busy;
    int threads = 1;
};
std::optional<MachineLoad> machineLoad();

/// Working memory of the machine.
std::optional<Bytes> memorySize();

} // namespace greenfront::energy
