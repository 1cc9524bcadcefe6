// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/optimiser.h"
#include "core/search/variation.h"

namespace greenfront::search {

/// Every combination once, in the order of counting with the last parameter fastest, then nothing more.
class GridOptimiser : public Optimiser {
public:
    /// levels: of a continuous parameter, spread evenly over its distribution.
    GridOptimiser(SearchSetup setup, std::size_t levels)
        : Optimiser(std::move(setup)), walk_(space(), levels) {}

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;

private:
    GridWalk walk_;
};

/// Independent draws from the space.
class RandomOptimiser : public Optimiser {
public:
    using Optimiser::Optimiser;

protected:
    std::optional<Assignment> propose(std::uint64_t /*id*/, Rng& rng) override { return space().sample(rng); }
};

} // namespace greenfront::search
