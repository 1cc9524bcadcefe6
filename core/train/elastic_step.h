// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/nn/pass.h"
#include "core/train/batches.h"

#include <optional>

namespace greenfront::train {

/// How a network learns from its teacher.
enum class Distillation {
    CrossEntropy,   ///< of the teacher's probabilities
    AlphaDivergence ///< AlphaNet (Wang et al. 2021)
};

struct StepOptions {
    double labelSmoothing = 0.1;
    Distillation distillation = Distillation::CrossEntropy;
    double teacherWeight = 1;             ///< of what a frozen teacher says, beside the labels
    std::string compute = nn::ownCompute; ///< see nn::makePass()
};

/// The networks of one step, all of one input.
struct StepPlan {
    std::vector<arch::Network> networks;
    /// Without one, the first network learns from the labels and the others from its logits. With one, all
    /// learn from the labels and from it; its weights are its own, see setTeacher().
    std::optional<arch::Network> teacher = std::nullopt;
};

/// Of forward passes, for one sample; a training pass has three times as much.
struct PassWork {
    double macs = 0;
    Bytes activations; ///< of all layers
};
PassWork workOf(const arch::Network& network);

/// A batch's shards with images of this input, which run in parallel; batch norm's statistics are those of a
/// shard. Of 32 samples, of half the batch if that is smaller, but of 8 at least; never of a size that
/// depends on the number of threads, so that the result does not either. The last ones have at most one
/// sample more.
std::vector<Batches::Batch> shardsOf(const Batches::Batch& batch, const Shape& images, const Shape& input);

/// Forward and backward passes of several networks that share weights.
class ElasticStep {
public:
    /// Keeps a reference to the weights. `images`: shape of a batch's images.
    ElasticStep(const Shape& images, const arch::Weights& shared, StepOptions options);
    ~ElasticStep();

    /// Weights of a frozen teacher; they do not change any more.
    void setTeacher(arch::Weights weights);
    const arch::Weights& teacher() const { return teacher_; }

    /// Returns the first network's mean cross-entropy without smoothing.
    double run(const Batches::Batch& batch, const StepPlan& plan);
    /// Mean cross-entropy of a network, by a forward pass.
    double lossOf(const Batches::Batch& batch, const arch::Network& network);

    /// Of the last run, summed over its networks.
    nn::Gradients& gradients() { return gradients_; }
    /// Of the last run's passes, all threads together.
    const nn::TimeSpent& timeSpent() const { return timeSpent_; }

private:
    struct Shard;
    void cut(const Batches::Batch& batch, const Shape& input);
    double runShard(Shard& shard, const StepPlan& plan, double scale) const;
    double learnFromLargest(Shard& shard, const StepPlan& plan, double scale) const;
    double learnFromTeacher(Shard& shard, const StepPlan& plan, double scale) const;
    std::vector<float> distil(std::span<const float> logits, std::span<const float> taught,
                              std::size_t classes, double scale) const;

    Shape images_;
    const arch::Weights& shared_;
    StepOptions options_;
    arch::Weights teacher_;
    nn::Gradients gradients_;
    nn::TimeSpent timeSpent_;
    std::vector<Shard> shards_; ///< their memory serves the next step; `used_` of them hold this one's batch
    std::size_t used_ = 0;
};

} // namespace greenfront::train
