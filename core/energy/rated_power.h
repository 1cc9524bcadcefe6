// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <string>
#include <string_view>

namespace greenfront::energy {

struct RatedPower {
    Watts perThread; ///< at full load, for each hardware thread
    std::string origin;
    double uncertainty = 0; ///< relative, of what a model makes of it
};

/// From resources/processors.csv, or a typical value for a processor that is not in it.
RatedPower ratedPower(std::string_view processorName);

} // namespace greenfront::energy
