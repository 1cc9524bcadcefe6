// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/schema.h"
#include "core/train/draw.h"
#include "core/train/elastic_step.h"

#include <functional>
#include <string>
#include <vector>

namespace greenfront::train {

/// recipe, phases, epochs, batch_size, learning_rate, optimiser, ...: how a supernet is trained.
const Schema& supernetSchema();

/// A part of a training.
struct Phase {
    std::string name;
    double share = 1; ///< of the training's steps
    double rate = 1;  ///< its highest learning rate is this times the training's
    int networks = 1; ///< trained in each step
    Openness open;    ///< what they choose from; empty: a sandwich step
};

/// "full:180:1:1, kernel:125:1:0.37, ..." as name:epochs:networks:rate, of progressive shrinking (Cai et al.
/// 2020): "full" trains the largest network alone; "kernel" and "depth" open the genes of that name,
/// "expansion" all others. Where a name comes several times, each opens one value more and the last all.
/// Phases that open nothing in the space are left out. Epochs count in relation to each other. Throws Error
/// naming the part that cannot be read.
std::vector<Phase> shrinkingPhases(const std::string& text, const arch::SearchSpace& space);

/// What a step trains, by the parameters of supernetSchema().
class Recipe {
public:
    /// Keeps a reference to the space.
    Recipe(const arch::SearchSpace& space, const Json& parameters);

    const std::vector<Phase>& phases() const { return phases_; }
    /// Does a phase's largest network teach all later ones?
    bool hasTeacher() const { return phases_.size() > 1; }
    /// Networks of a step in this phase. `lossOf` judges a network on the step's batch, where sampling is
    /// attentive: of three networks of about the same cost the one that already does best is trained (Wang et
    /// al. 2021).
    StepPlan plan(std::size_t phase, Rng& rng,
                  const std::function<double(const arch::Network&)>& lossOf) const;
    /// Of all passes that a step with this plan takes; one that only goes forward counts a third.
    PassWork workOf(const StepPlan& plan) const;
    /// The mean over the training.
    PassWork expectedWork() const;

private:
    void choose(std::vector<Genotype>& sandwich, Rng& rng,
                const std::function<double(const arch::Network&)>& lossOf) const;

    const arch::SearchSpace& space_;
    std::vector<Phase> phases_;
    int randomNetworks_;
    bool attentive_;
};

} // namespace greenfront::train
