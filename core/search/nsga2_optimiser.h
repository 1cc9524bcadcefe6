// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/trial_ranking.h"

namespace greenfront::search {

struct Nsga2Settings {
    std::size_t population = 50;
    double crossover = 0.9;
    double mutation = 0; ///< a parameter; 1 / parameters if 0
    double crossoverIndex = 3;
    double mutationIndex = 20;
};

/// NSGA-II (Deb et al. 2002) over any space: tournaments by constraint, rank and crowding, simulated binary
/// crossover and polynomial mutation of numbers, uniform crossover of categories. The population is chosen
/// anew after each trial told (steady state), so that nothing waits for a generation's end and any number of
/// trials may be in flight.
class Nsga2Optimiser : public Optimiser {
public:
    Nsga2Optimiser(SearchSetup setup, Nsga2Settings settings);

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    struct Member {
        Assignment assignment;
        Standing standing;
        int rank = 0;
        double spread = 0;
    };

    const Member& tournament(Rng& rng) const;

    Nsga2Settings settings_;
    std::vector<Member> members_; ///< the best first
};

} // namespace greenfront::search
