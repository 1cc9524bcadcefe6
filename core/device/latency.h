// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/base/control.h"
#include "core/base/metric.h"
#include "core/device/profile.h"

#include <functional>

namespace greenfront::device {

struct Latency {
    Seconds median, low, high; ///< 95 % interval
    int repeats = 0;           ///< 0 if estimated
    int threads = 1;
    Provenance provenance = Provenance::Measured;
    std::string method;
};

struct MeasureOptions {
    double precision = 0.02; ///< stop when the interval's half-width is within this share of the median
    Seconds warmUp{0.02};
    Seconds limit{1.0}; ///< stop here in any case; the interval then says how sure it is
    int minimumRepeats = 15;
    int threads = 1; ///< stated with the result; the caller sets them
};

/// Runs `infer` until the interval of the median (from order statistics, no normality assumed) is narrow
/// enough.
Latency measureLatency(const std::function<void()>& infer, const MeasureOptions& options, Control& control);
/// Roofline (Williams et al. 2009) a layer: the slower of arithmetic and memory, plus the dispatch; batch 1,
/// fp32.
Latency estimateLatency(const arch::Network& network, const Profile& profile);
Metric latencyMetric(const Latency& latency);

} // namespace greenfront::device
