// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/train/sandwich.h"

namespace greenfront::train {

/// The gradients of one sandwich step in the plain way: LibTorch's operators and its autograd, in contiguous
/// order. It is what Sandwich is checked against and timed against; shards and threads are the same.
nn::Gradients plainSandwichGradients(const arch::SearchSpace& space, const arch::Weights& shared,
                                     const Batches::Batch& batch, const SandwichOptions& options, Rng& rng);

} // namespace greenfront::train
