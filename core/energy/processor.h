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

} // namespace greenfront::energy
