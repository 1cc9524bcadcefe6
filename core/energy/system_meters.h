// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

namespace greenfront::energy {

/// What one operating system alone offers: Windows' Energy Meter Interface, the battery of a Mac. Nothing
/// elsewhere.
Meters findSystemMeters();

/// Energy Meter Interface counts in picowatt-hours.
constexpr double joulesPerPicowattHour = 3600e-12;

} // namespace greenfront::energy
