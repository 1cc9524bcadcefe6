// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/stopping_policy.h"

#include <cstddef>

namespace greenfront::search {

/// Successive halving that never waits (ASHA, Li et al. 2020, in its stopping form): at the rungs r, r eta,
/// r eta^2, ... a trial goes on only if it is among the top 1/eta of what has reached that rung so far.
/// Several objectives: by non-dominated rank, then by the room within it (Schmucker et al. 2021).
///
/// With brackets (Hyperband, Li et al. 2018) the first rung of bracket s is r eta^s; trials go to brackets in
/// turn, to each in the share that Hyperband gives it, and are compared within their bracket alone.
class HalvingPolicy : public StoppingPolicy {
public:
    HalvingPolicy(std::vector<Direction> directions, std::size_t least, std::size_t eta,
                  std::size_t brackets = 1);
    std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const override;

    std::size_t bracketOf(std::uint64_t trial) const;

private:
    bool isRung(std::size_t interval, std::size_t bracket) const;

    std::vector<Direction> directions_;
    std::size_t least_, eta_;
    std::vector<std::size_t> trials_; ///< in each bracket, of every so many
};

} // namespace greenfront::search
