// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nsga2_optimiser.h"

#include "core/search/variation.h"

namespace greenfront::search {

Nsga2Optimiser::Nsga2Optimiser(SearchSetup setup, Nsga2Settings settings)
    : Optimiser(std::move(setup)), settings_(settings) {
    if (settings_.mutation == 0)
        settings_.mutation = 1 / static_cast<double>(space().size());
}

void Nsga2Optimiser::learn(const Trial& trial, const Point& minimised) {
    members_.push_back({trial.assignment, standingOf(trial, minimised)});
    std::vector<const Standing*> standings;
    for (const Member& member : members_)
        standings.push_back(&member.standing);
    std::vector<Member> chosen;
    for (const Ranked& ranked : bestFirst(standings)) {
        if (chosen.size() == settings_.population)
            break;
        chosen.push_back(std::move(members_[ranked.index]));
        chosen.back().rank = ranked.rank;
        chosen.back().spread = ranked.spread;
    }
    members_ = std::move(chosen);
}

const Nsga2Optimiser::Member& Nsga2Optimiser::tournament(Rng& rng) const {
    const Member& a = members_[rng.below(members_.size())];
    const Member& b = members_[rng.below(members_.size())];
    return b.rank < a.rank || (b.rank == a.rank && b.spread > a.spread) ? b : a;
}

std::optional<Assignment> Nsga2Optimiser::propose(std::uint64_t id, Rng& rng) {
    if (id < settings_.population || members_.size() < 2)
        return space().sample(rng);
    const Assignment& parent = tournament(rng).assignment;
    Assignment child = parent;
    if (rng.chance(settings_.crossover))
        child = crossed(space(), parent, tournament(rng).assignment, settings_.crossoverIndex, rng);
    const bool same = child == parent;
    mutate(space(), child, settings_.mutation, settings_.mutationIndex, same, rng);
    return child;
}

} // namespace greenfront::search
