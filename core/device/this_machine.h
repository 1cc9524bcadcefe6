// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <string>

namespace greenfront::device {

/// As the system calls its processor; empty where it does not say.
std::string processorName();
/// Zero where the system does not say.
Bytes physicalMemory();

} // namespace greenfront::device
