// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/this_machine.h"

namespace greenfront::device {

std::string processorName() {
    return {};
}

Bytes physicalMemory() {
    return {};
}

} // namespace greenfront::device
