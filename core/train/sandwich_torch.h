// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/nn/tensors_torch.h"
#include "core/train/batches.h"

// LibTorch code: include from the .cpp files of train and its like only.
namespace greenfront::train {

struct SandwichOptions {
    int randomNetworks = 2;
    double labelSmoothing = 0.1;
    bool channelsLast = true; ///< the other layout is there to be compared with
};

/// Samples in one shard of a batch: batch norm's statistics are those of a shard, and shards run in parallel.
/// A fixed size, so that the result does not depend on the number of threads.
constexpr std::size_t shardSamples = 32;

/// Forward and backward passes of one sandwich step. Sets the shared tensors' gradients to the sum over the
/// networks; tensors that no network used keep none. Returns the largest network's cross-entropy without
/// smoothing.
double sandwichBackward(const arch::SearchSpace& space, nn::Tensors& shared, const Batches::Batch& batch,
                        const SandwichOptions& options, Rng& rng);

} // namespace greenfront::train
