// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/base/units.h"
#include "core/nn/time_spent.h"

namespace greenfront::train {

/// Sandwich steps with their optimiser steps, on made-up images.
struct StepBenchmark {
    // Medians of one step.
    Seconds channelsLast;     ///< Greenfront's own passes
    Seconds contiguous;       ///< the same step with LibTorch's operators and autograd in contiguous order
    double macs = 0;          ///< of the forward passes of all networks of a step and all samples; mean
    nn::TimeSpent timeSpent;  ///< of Greenfront's passes, all steps and threads together
    Seconds optimiser, total; ///< of all of Greenfront's steps
};

/// Steps of both layouts alternate, so that other load on the machine meets both alike.
StepBenchmark benchmarkStep(const arch::SearchSpace& space, int batch, int steps);

/// Multiply-accumulates a second of large matrix products on all threads: what a step could reach at best.
double measuredPeak();

} // namespace greenfront::train
