// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/base/units.h"

namespace greenfront::train {

/// Median seconds of one sandwich step with its optimiser step, on made-up images.
struct StepBenchmark {
    Seconds channelsLast; ///< Greenfront's own passes
    Seconds contiguous;   ///< the same step with LibTorch's operators and autograd in contiguous order
};

/// Steps of both layouts alternate, so that other load on the machine meets both alike.
StepBenchmark benchmarkStep(const arch::SearchSpace& space, int batch, int steps);

} // namespace greenfront::train
