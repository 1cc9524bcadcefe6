// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/device/fused_units.h"
#include "core/device/latency.h"
#include "core/device/runnable.h"

#include <functional>
#include <string>
#include <vector>

namespace greenfront::device {

/// What one network takes, whole and unit by unit.
struct NetworkProfile {
    std::vector<FusedUnit> units;
    std::vector<Seconds> unitTimes; ///< medians; empty if only the whole was asked for
    Seconds call;                   ///< of the runs by units, apart from them
    Seconds whole, low, high;       ///< median of runs that nothing watched, and its 95 % interval
    int runs = 0;                   ///< of the whole that count
};

struct ProfileOptions {
    Seconds warmUp{0.01};
    Seconds burst{0.02}; ///< runs between two looks at how busy the machine is
    Seconds limit{1.0};  ///< for one network
    int fewest = 12;     ///< runs that count, if they fit into the limit
    double precision = 0.01;
};

/// How long a fixed bit of arithmetic takes: longer where something else takes its share of the processor.
using Anchor = std::function<Seconds()>;
Anchor arithmeticAnchor();

/// Measures networks one after the other, at the speed that the machine had when this was made. Runs come in
/// bursts with the anchor before and behind. A processor whose clock or whose neighbours change is faster or
/// slower for a while: a burst's times are multiplied by what the anchor took at first over what it took
/// about the burst. Bursts within which it changed, or which were slower by half, are left out, as long as
/// there are enough others within the limit. Medians of what counts.
class Profiler {
public:
    Profiler(Prepare prepare, ProfileOptions options, Anchor anchor = arithmeticAnchor(),
             Stopwatch now = steadyTime);

    /// Throws Cancelled between two runs.
    NetworkProfile measure(const arch::Network& network, bool units, Control& control);
    /// Share of all runs that were left out so far.
    double busyShare() const;

private:
    struct Burst;
    Burst burstOf(const Runnable& runnable, const NetworkProfile& profile, bool units, Control& control);
    bool isEnough(const std::vector<Burst>& bursts) const;
    static void summarise(NetworkProfile& profile, const std::vector<Burst>& bursts, bool units);

    Prepare prepare_;
    ProfileOptions options_;
    Anchor anchor_;
    Stopwatch now_;
    Seconds reference_; ///< what the anchor took at first
    long runs_ = 0, counted_ = 0;
};

} // namespace greenfront::device
