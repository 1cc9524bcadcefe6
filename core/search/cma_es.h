// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/trial_ranking.h"

#include <memory>

namespace greenfront::search {

struct CmaEsSettings {
    std::size_t population = 0; ///< a generation; 4 + 3 ln(numbers) if 0
    double width = 0.25;        ///< first step size, of each parameter's range
};

/// CMA-ES (Hansen, The CMA Evolution Strategy: A Tutorial, 2016) over the numbers of a space, each on [0, 1]
/// by its distribution, reflected at the bounds. The distribution moves whenever a generation's worth of
/// trials has been told, whichever were asked for when, so any number may be in flight; steps from trials of
/// older distributions are cut to a length that one of this could have (Hansen 2011). Categories are drawn
/// from how often the better half of each generation had them. Numbers with steps keep at least 0.4 steps of
/// deviation. Where the distribution has shrunk to nothing it starts again elsewhere with a larger
/// generation. With several objectives trials are ordered by rank and crowding: it is meant for one.
class CmaEsOptimiser : public Optimiser {
public:
    CmaEsOptimiser(SearchSetup setup, CmaEsSettings settings);
    ~CmaEsOptimiser() override;

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    struct State; ///< keeps Eigen's headers out of this one

    std::unique_ptr<State> state_;
};

} // namespace greenfront::search
