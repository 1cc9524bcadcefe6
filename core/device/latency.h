// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/base/control.h"
#include "core/base/metric.h"
#include "core/device/profile.h"

#include <functional>

namespace greenfront::device {

/// What a latency is told from, in order of trust.
enum class LatencySource {
    MeasuredNetworks, ///< this very network was measured
    MeasuredBlocks,   ///< the sum of its measured parts
    Regressors,       ///< some of its parts were not measured, but parts of their kind were
    Roofline          ///< from a description of the device
};
std::string_view toText(LatencySource source);

struct Latency {
    Seconds median, low, high; ///< 95 % interval; the whole range if there are fewer than 6 repeats
    int repeats = 0;           ///< 0 if estimated
    int threads = 1;
    Provenance provenance = Provenance::Measured;
    std::string method;
    LatencySource source = LatencySource::MeasuredNetworks;
};

struct MeasureOptions {
    double precision = 0.02; ///< stop when the interval's half-width is within this share of the median
    Seconds warmUp{0.02};    ///< at least one run, not counted
    Seconds limit{1.0};      ///< stop here in any case; the interval then says how sure it is
    int minimumRepeats = 15;
    int threads = 1; ///< stated with the result; the caller sets them
};

/// Seconds since any fixed moment, never backwards.
using Stopwatch = std::function<Seconds()>;
Seconds steadyTime();

/// Runs `infer` until the interval of the median (from order statistics, no normality assumed) is narrow
/// enough. The limit counts the time of the repeats alone, so a pause does not end it. Throws Cancelled
/// between two repeats.
Latency measureLatency(const std::function<void()>& infer, const MeasureOptions& options, Control& control,
                       const Stopwatch& now = steadyTime);
/// Roofline (Williams et al. 2009) a layer: the slower of arithmetic and memory, plus the dispatch; batch 1,
/// fp32. Batch norm and activations behind a convolution that nothing else reads cost nothing of their own,
/// as runtimes fuse them. The interval of half to twice the value is a judgement, not a statistic.
/// Throws Error for a device without numbers.
Latency estimateLatency(const arch::Network& network, const Profile& profile);
/// "latency_ms".
Metric latencyMetric(const Latency& latency);

} // namespace greenfront::device
