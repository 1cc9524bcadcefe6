// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/device/fused_units.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::device {

struct UnitTime {
    FusedUnit unit;
    Seconds time;
};

/// Latencies of units that were not measured, from those of their kind that were. In logarithms: a ridge
/// regression on configuration, multiply-accumulates and bytes, and what it leaves at the nearest measured
/// units, weighted by their distance (Shepard 1968). A measured unit gets its own time back.
class UnitRegressor {
public:
    /// Times above 0, any number of them.
    explicit UnitRegressor(std::span<const UnitTime> measured);

    /// Nothing for a kind of which none was measured.
    std::optional<Seconds> predict(const FusedUnit& unit) const;
    /// How wrong it is near this unit: the mean |predicted / measured - 1| of its nearest measured units,
    /// each left out in turn. 1 where fewer than three of its kind were measured.
    double errorNear(const FusedUnit& unit) const;
    /// The same of every measured unit, of all kinds.
    std::vector<double> heldOutErrors() const;

private:
    struct Sample {
        std::vector<double> features; ///< standardised; the first is 1
        double logTime = 0, rest = 0; ///< rest: what the ridge regression leaves
        double error = 1;             ///< left out
    };
    struct Kind {
        std::vector<double> centre, scale, weights;
        std::vector<Sample> samples;
    };

    static std::vector<double> standardised(const Kind& kind, std::vector<double> features);
    static std::vector<std::pair<double, const Sample*>>
    nearest(const Kind& kind, const std::vector<double>& features, const Sample* leftOut);
    static double logTime(const Kind& kind, const std::vector<double>& features, const Sample* leftOut);
    static Kind fit(std::vector<std::pair<std::vector<double>, double>> samples);

    std::map<std::string, Kind, std::less<>> kinds_;
};

} // namespace greenfront::device
