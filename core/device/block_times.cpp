// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/block_times.h"

#include "core/device/median_interval.h"

#include <algorithm>
#include <set>

namespace greenfront::device {

void BlockCollector::add(const NetworkProfile& profile) {
    for (std::size_t i = 0; i < profile.unitTimes.size(); ++i) {
        // A clock that does not tell so short a time says 0, which no block takes.
        const double seconds = std::max(profile.unitTimes[i].value, 1e-9);
        const FusedUnit& unit = profile.units[i];
        Times& times = times_.try_emplace(unit.key(), Times{unit, {}}).first->second;
        times.unit.layers.clear();
        times.seconds.push_back(seconds);
    }
    calls_.push_back(profile.call.value);
}

std::vector<BlockTime> BlockCollector::blocks() const {
    std::vector<BlockTime> blocks;
    for (const auto& [key, times] : times_) {
        std::vector<double> seconds = times.seconds;
        const double median = medianInterval(seconds).median; // sorts them
        blocks.push_back({times.unit, Seconds(median), Seconds(seconds.front()), Seconds(seconds.back()),
                          static_cast<int>(seconds.size())});
    }
    return blocks;
}

UnitRegressor BlockCollector::regressor() const {
    std::vector<UnitTime> times;
    const std::vector<BlockTime> all = blocks();
    times.reserve(all.size());
    for (const BlockTime& block : all)
        times.push_back({block.unit, block.time});
    return UnitRegressor(times);
}

Seconds BlockCollector::call() const {
    std::vector<double> calls = calls_;
    return calls.empty() ? Seconds() : Seconds(medianInterval(calls).median);
}

double gainOf(const std::vector<FusedUnit>& units, const BlockCollector& known,
              const UnitRegressor& regressor, double tolerance) {
    double gain = 0;
    std::set<std::string> counted;
    for (const FusedUnit& unit : units) {
        if (known.has(unit) || !counted.insert(unit.key()).second)
            continue;
        const auto time = regressor.predict(unit);
        const double seconds = time ? time->value : 1; // a kind that nothing is known of comes first
        gain += seconds * (regressor.errorNear(unit) > tolerance ? 10 : 1);
    }
    return gain;
}

} // namespace greenfront::device
