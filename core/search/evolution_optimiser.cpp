// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/evolution_optimiser.h"

#include "core/search/variation.h"

namespace greenfront::search {

void EvolutionOptimiser::learn(const Trial& trial, const Point& minimised) {
    members_.push_back({trial.assignment, standingOf(trial, minimised)});
    if (members_.size() > settings_.population)
        members_.pop_front();
}

std::optional<Assignment> EvolutionOptimiser::propose(std::uint64_t id, Rng& rng) {
    if (id < settings_.population || members_.empty())
        return space().sample(rng);
    std::vector<std::size_t> drawn;
    std::vector<const Standing*> standings;
    for (std::size_t i = 0; i < settings_.sample; ++i) {
        drawn.push_back(rng.below(members_.size()));
        standings.push_back(&members_[drawn.back()].standing);
    }
    Assignment child = members_[drawn[bestFirst(standings).front().index]].assignment;
    changeOne(space(), child, rng);
    return child;
}

} // namespace greenfront::search
