// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/progress.h"
#include "core/device/adapt.h"
#include "core/device/measuring_plan.h"
#include "core/device/network_profile.h"

namespace greenfront::device {

/// What a plan has led to.
struct SpaceMeasurement {
    LatencyTable table{};
    Accuracy accuracy{};      ///< of predictions from the blocks, on the networks that they have not seen
    std::size_t profiled = 0; ///< networks whose blocks were measured
    double unitError = 0;     ///< median error of the regressors on a block left out
    double busyShare = 0;     ///< of the runs, left out because the machine was busy
    Seconds seconds{};
};

/// Measures what the plan asks for: its blocks, then, while half of the limit lasts, those networks of the
/// space that hold most time in blocks that were not measured, above all where the regressors are wrong by
/// more than 10 %, then whole networks. What the machine is called is left to the caller. Throws Cancelled.
SpaceMeasurement measureSpace(const MeasuringPlan& plan, Profiler& profiler, Control& control,
                              const ProgressSink& progress, const Stopwatch& now = steadyTime);

/// The same on this machine by LibTorch, with the power while it ran, in one thread an operator unless the
/// plan says more.
SpaceMeasurement measureHere(const MeasuringPlan& plan, Control& control, const ProgressSink& progress);

} // namespace greenfront::device
