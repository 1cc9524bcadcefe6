// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <memory>

namespace greenfront::energy {

/// The share of the power between idle and full load that a processor takes at a load of 0..1:
/// 2 u - u^1.4 (Fan, Weber, Barroso 2007, Power Provisioning for a Warehouse-sized Computer, fitted to
/// servers).
double powerShare(double load);

/// Joules from processor time and the processor's rated power, where nothing can be measured:
/// P = rated x (idle share + (1 - idle share) x powerShare(load)), load being the processor time that was
/// used, by this process or by all, out of what the hardware threads had.
std::unique_ptr<Meter> makeProcessorModel(Load load = Load::ThisProcess);

/// Joules from the size of the memory, whatever its load. Null where the size is not known.
std::unique_ptr<Meter> makeMemoryModel();

} // namespace greenfront::energy
