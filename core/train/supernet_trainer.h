// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/base/control.h"
#include "core/data/dataset.h"
#include "core/nn/supernet.h"
#include "core/train/recipe.h"

#include <functional>
#include <memory>
#include <string>

namespace greenfront::train {

struct EpochReport {
    int epoch = 0;   ///< from 1
    double loss = 0; ///< mean cross-entropy of each step's first network: of a sandwich's largest
    double learningRate = 0;
};

/// Trains a supernet by a recipe. Sandwich with in-place distillation (Yu et al. 2020, BigNAS): in each step
/// the largest network learns from the labels, and the smallest and a few random ones from its detached
/// logits; the gradients add. Progressive shrinking (Cai et al. 2020): the largest network learns alone, and
/// from then on teaches ever smaller ones; before widths become elastic, channels are sorted by importance.
class SupernetTrainer {
public:
    /// The data set must outlive the trainer. The result depends on all arguments and the number of threads
    /// only.
    SupernetTrainer(const arch::SearchSpace& space, const data::Dataset& dataset, const Json& parameters,
                    std::uint64_t seed);
    ~SupernetTrainer();

    int epoch() const; ///< completed ones
    int epochs() const;
    /// Plans for another number of epochs: from the next step on, the learning rate follows the cosine of
    /// that many. At least one, and no fewer than are completed.
    void setEpochs(int epochs);
    /// From within onStep: the epoch ends behind this step, and counts as completed.
    void endEpoch();
    /// Of all passes of the last step, for one sample.
    PassWork stepWork() const;
    std::size_t stepsAnEpoch() const;

    /// onStep(step within the epoch from 1, loss). Throws Cancelled, after which restore() must come first.
    EpochReport runEpoch(Control& control, const std::function<void(std::size_t step, double loss)>& onStep);

    /// Before the first epoch: weights of a trained network; what it does not have stays as it is. Throws
    /// Error where a tensor of the same name has another shape, or none has the same name.
    void startFrom(const arch::Weights& weights);
    /// Everything that the next epoch depends on, as a safetensors document.
    std::string checkpoint() const;
    void restore(std::string_view checkpoint);

    const nn::Supernet& supernet() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The supernet's weights alone, from a checkpoint.
arch::Weights supernetWeights(std::string_view checkpoint);

} // namespace greenfront::train
