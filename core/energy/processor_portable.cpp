// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

namespace greenfront::energy {

std::string processorName() {
    return {};
}

std::optional<Seconds> processorTime() {
    return std::nullopt;
}

std::optional<Seconds> threadTime() {
    return std::nullopt;
}

std::optional<MachineLoad> machineLoad() {
    return std::nullopt;
}

std::optional<Bytes> memorySize() {
    return std::nullopt;
}

} // namespace greenfront::energy
