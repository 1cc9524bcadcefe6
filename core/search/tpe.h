// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/kernel_table.h"
#include "core/search/trial_ranking.h"

namespace greenfront::search {

struct TpeOptions {
    std::size_t startup = 10;    ///< trials drawn from the space before anything is learnt
    std::size_t candidates = 24; ///< drawn for each question
    double good = 0.1;           ///< the share of trials that counts as good
    std::size_t mostGood = 25;   ///< with one objective
};

/// Multivariate tree-structured Parzen estimator (Bergstra et al. 2011): of some candidates drawn from the
/// density of the good trials, the one that is likeliest to be good rather than bad. With several objectives
/// the good ones are the first by non-dominated rank, then by crowding. Bad are the rest, what is
/// in flight, what broke a constraint by more than the good ones did, and what failed.
///
/// A question costs as much as trials x candidates x parameters, in loops that compilers vectorise. With
/// several objectives the ranks are computed anew whenever the trials have grown by 1/64; until then a trial
/// that nothing on the front dominates counts as good.
class TpeOptimiser : public Optimiser {
public:
    TpeOptimiser(SearchSetup setup, TpeOptions options);

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    bool single() const { return directions().size() == 1; }
    void place(std::size_t index);
    void rankAll();
    std::vector<std::size_t> goodOnes() const;
    std::vector<float> weightsOfBad(std::span<const std::size_t> good) const;
    Assignment best(const KernelTable& good, Rng& rng, std::span<const float> badWeights) const;

    TpeOptions options_;
    KernelTable kernels_; ///< the prior and every trial told
    std::vector<Standing> standings_;
    std::vector<std::size_t> order_;  ///< the best first, of those ranked
    std::vector<std::size_t> front_;  ///< several objectives: as last ranked
    std::vector<std::size_t> recent_; ///< told since, where nothing of the front dominates them
};

} // namespace greenfront::search
