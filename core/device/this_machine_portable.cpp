// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/this_machine.h"
#include "core/energy/processor.h"

namespace greenfront::device {

std::string processorName() {
    return energy::processorName();
}

Bytes physicalMemory() {
    return energy::memorySize().value_or(Bytes{});
}

} // namespace greenfront::device
