// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/dataset.h"
#include "core/study/architectures.h"

#include <functional>
#include <string>

namespace greenfront::study {

struct ParsecStep {
    std::size_t step = 0;   ///< within the epoch, from 1
    std::size_t draws = 0;  ///< architectures of this step
    double loss = 0;        ///< of the validation batch, by importance
    double uncertainty = 0; ///< of the distribution, behind the step
};

/// PARSEC over a supernet (Casale et al. 2019): the distribution over architectures and one set of shared
/// weights are learnt together. Each step draws architectures, as many as the distribution's entropy asks
/// for; takes the likelihood of a batch of the validation part under each, one after the other, so that the
/// memory of one architecture is enough; and makes importance weights of the likelihoods. By them the
/// gradients of a training batch are added up for the shared weights, and the distribution moves. In the
/// first quarter of the training the weights alone are trained, one evenly drawn architecture a step: before
/// that, likelihoods tell which architecture learns quickly rather than which learns well.
class ParsecTraining {
public:
    /// parameters: of train::supernetSchema(), without its recipe. Everything referred to must outlive this.
    ParsecTraining(const Architectures& architectures, const data::Dataset& dataset, const Json& parameters,
                   std::uint64_t seed);
    ~ParsecTraining();

    int epoch() const; ///< completed ones
    int epochs() const;
    std::size_t stepsAnEpoch() const;
    /// How many architectures were drawn and judged until now.
    std::size_t drawn() const;
    const search::Categoricals& distribution() const;

    /// Throws Cancelled, after which restore() must come first; throws Error where training diverges.
    void runEpoch(Control& control, const std::function<void(const ParsecStep&)>& onStep);

    /// Everything that the next epoch depends on, as a safetensors document.
    std::string checkpoint() const;
    void restore(std::string_view checkpoint);

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace greenfront::study
