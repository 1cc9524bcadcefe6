// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/trial_ranking.h"

#include <deque>

namespace greenfront::search {

struct EvolutionSettings {
    std::size_t population = 50;
    std::size_t sample = 12; ///< the best of so many is the parent
};

/// Regularised evolution (Real et al. 2019): the best of a random sample of the population has one parameter
/// changed; a member leaves by age, however good it is. With several objectives the best is that of the
/// lowest non-dominated rank within the sample, then the one with most room.
class EvolutionOptimiser : public Optimiser {
public:
    EvolutionOptimiser(SearchSetup setup, EvolutionSettings settings)
        : Optimiser(std::move(setup)), settings_(settings) {}

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    struct Member {
        Assignment assignment;
        Standing standing;
    };

    EvolutionSettings settings_;
    std::deque<Member> members_; ///< the oldest first
};

} // namespace greenfront::search
