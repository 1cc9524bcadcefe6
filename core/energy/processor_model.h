// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <memory>

namespace greenfront::energy {

/// Joules from this process's processor time and the processor's rated power, where nothing can be measured:
/// P = rated x (idle share + (1 - idle share) x load), load being the processor time that this process used
/// out of what the hardware threads it sees had.
std::unique_ptr<Meter> makeProcessorModel();

} // namespace greenfront::energy
