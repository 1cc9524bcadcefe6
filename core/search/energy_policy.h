// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/stopping_policy.h"

#include <cstddef>

namespace greenfront::search {

/// Stops a trial when the joules that it would still take buy less expected hypervolume than starting another
/// trial would. What it will end with, and what it will still take, is told from how those that ran to their
/// end went on from the same interval; what another brings, from what they brought. All objectives are taken
/// as independent normal variables (ExpectedHypervolume), up to the worst result so far and a tenth of the
/// range beyond it.
class EnergyPolicy : public StoppingPolicy {
public:
    /// Applies once `least` trials have run to their end.
    EnergyPolicy(std::vector<Direction> directions, std::size_t every, std::size_t least)
        : directions_(std::move(directions)), every_(every), least_(least) {}
    std::optional<std::string> reasonToStop(const Curves& curves, std::uint64_t trial) const override;

private:
    std::vector<Direction> directions_;
    std::size_t every_, least_;
};

} // namespace greenfront::search
