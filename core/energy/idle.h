// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/energy/recorder.h"

#include <optional>
#include <span>

namespace greenfront::energy {

/// What one source draws while nothing is done.
struct IdlePower {
    std::string source;
    Watts power, low, high;
    std::string method{};
    Provenance provenance = Provenance::Measured;
};

struct IdleBaseline {
    Seconds seconds; ///< that it was measured for
    std::vector<IdlePower> sources;
};

/// Waits that long and tells what was drawn meanwhile; whatever else the machine does then is in it. Ends the
/// recorder's current interval. Throws Cancelled.
IdleBaseline measureIdle(Recorder& recorder, Seconds duration, Control& control);
/// The same from readings of a time in which nothing was done. Sources of which nothing was seen are left
/// out.
IdleBaseline idleFrom(std::span<const Reading> readings);

/// What is left of an interval's joules without the idle power, which the machine would have drawn anyway.
struct NetEnergy {
    Joules joules, low, high; ///< below zero where the interval drew less than the baseline
};
/// Nothing for a source that the baseline has not seen.
std::optional<NetEnergy> netOf(const Reading& gross, const IdleBaseline& baseline);

} // namespace greenfront::energy
