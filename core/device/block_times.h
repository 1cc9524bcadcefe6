// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/device/latency_table.h"
#include "core/device/network_profile.h"
#include "core/device/unit_regressor.h"

#include <map>
#include <string>
#include <vector>

namespace greenfront::device {

/// Gathers what networks took by their blocks.
class BlockCollector {
public:
    void add(const NetworkProfile& profile);

    bool has(const FusedUnit& unit) const { return times_.contains(unit.key()); }
    /// The median of each, over the networks that hold it.
    std::vector<BlockTime> blocks() const;
    UnitRegressor regressor() const;
    /// The median time of a network apart from its units.
    Seconds call() const;

private:
    struct Times {
        FusedUnit unit;
        std::vector<double> seconds;
    };
    std::map<std::string, Times> times_;
    std::vector<double> calls_;
};

/// How much there is to learn from measuring a network's blocks: seconds in blocks that were not measured,
/// ten times over where the regressor is wrong by more than `tolerance` near them.
double gainOf(const std::vector<FusedUnit>& units, const BlockCollector& known,
              const UnitRegressor& regressor, double tolerance = 0.1);

} // namespace greenfront::device
