// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/nn/training_pass.h"
#include "core/train/batches.h"

namespace greenfront::train {

struct SandwichOptions {
    int randomNetworks = 2;
    double labelSmoothing = 0.1;
};

/// The largest network first, then those that learn from it: random ones and the smallest. All at one
/// resolution, drawn at random where the space has several, so that they see the same images (Cai et al.
/// 2020).
std::vector<arch::Network> drawSandwich(const arch::SearchSpace& space, int randomNetworks, Rng& rng);

/// A batch's shards with images of this input, which run in parallel; batch norm's statistics are those of a
/// shard. Of 32 samples, of half the batch if that is smaller, but of 8 at least; never of a size that
/// depends on the number of threads, so that the result does not either. The last ones have at most one
/// sample more.
std::vector<Batches::Batch> shardsOf(const Batches::Batch& batch, const arch::SearchSpace& space,
                                     const Shape& input);

/// Forward and backward passes of sandwich steps: the largest network learns from the labels, the others from
/// its logits.
class Sandwich {
public:
    /// Keeps references to the space and the weights.
    Sandwich(const arch::SearchSpace& space, const arch::Weights& shared, SandwichOptions options);

    /// Returns the largest network's mean cross-entropy without smoothing.
    double step(const Batches::Batch& batch, Rng& rng);
    /// Of the last step, summed over its networks.
    const nn::Gradients& gradients() const { return gradients_; }
    /// Of the last step's networks together, for one sample.
    double macs() const { return macs_; }
    Bytes activations() const { return activations_; }
    /// Of the last step's passes, all threads together.
    const nn::TimeSpent& timeSpent() const { return timeSpent_; }

private:
    double runShard(nn::TrainingPass& pass, const std::vector<arch::Network>& networks,
                    const Batches::Batch& shard, double scale, nn::TimeSpent& time) const;

    const arch::SearchSpace& space_;
    const arch::Weights& shared_;
    SandwichOptions options_;
    nn::Gradients gradients_;
    double macs_ = 0;
    Bytes activations_;
    nn::TimeSpent timeSpent_;
    std::vector<nn::TrainingPass> passes_; ///< one a shard
};

} // namespace greenfront::train
