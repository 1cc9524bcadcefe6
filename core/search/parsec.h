// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/categoricals.h"
#include "core/search/trial_ranking.h"

namespace greenfront::search {

struct ParsecSettings {
    std::size_t most = 16;    ///< trials of a generation while nothing is known
    std::size_t least = 4;    ///< trials of a generation once all is known
    double temperature = 0.5; ///< of the scores, in deviations of a generation: the lower, the greedier
    double rate = 0.25;       ///< how far the distribution moves to what a generation says
};

/// PARSEC (Casale et al. 2019, Probabilistic Neural Architecture Search): learns a distribution over
/// architectures by importance-weighted sampling. Trials are drawn from it in generations, whose size follows
/// its entropy. Each told score, standardised within its generation, becomes an importance weight by softmax,
/// and the distribution moves to the weighted counts by a step of empirical Bayes. Trials are judged one by
/// one, so that the memory of one architecture is enough. Infeasible and failed trials have no weight. With
/// several objectives the score is the non-dominated rank: the distribution settles on a part of the front.
///
/// Where nothing is asked for twice, a trial that was told in an earlier generation still counts, with the
/// probability that it has by now; those of the generation share what is left. This is what drawing it again
/// would give, and takes no time. Trials that were in flight while the distribution moved count as if they
/// had been drawn from the new one.
class ParsecOptimiser : public Optimiser {
public:
    /// Throws Error where a parameter is continuous or has more than 4,096 values.
    ParsecOptimiser(SearchSetup setup, ParsecSettings settings);

    const Categoricals& distribution() const { return distribution_; }
    /// How many trials are told before the distribution moves.
    std::size_t generationSize() const;
    /// The most probable assignment.
    Assignment mode() const;

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;
    void learn(const Trial& trial, const Point& minimised) override;

private:
    struct Member {
        Choices choices;
        Standing standing;
        double mass = 0; ///< what it stands for
    };

    Assignment assignmentOf(const Choices& choices, Rng& rng) const;
    Choices choicesOf(const Assignment& assignment) const;
    std::vector<Member> members() const;
    void move();

    ParsecSettings settings_;
    Categoricals distribution_;
    std::vector<Member> earlier_, generation_;
};

} // namespace greenfront::search
