// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/grid.h"

#include <span>
#include <string>
#include <string_view>

namespace greenfront::energy {

/// A mass with the bounds between which it is believed to lie.
struct CarbonRange {
    GramsCO2e low, value, high;

    constexpr CarbonRange& operator+=(const CarbonRange& other) {
        low += other.low;
        value += other.value;
        high += other.high;
        return *this;
    }
    friend constexpr CarbonRange operator+(CarbonRange a, const CarbonRange& b) { return a += b; }
    friend constexpr CarbonRange operator*(const CarbonRange& a, double ratio) {
        return {a.low * ratio, a.value * ratio, a.high * ratio};
    }
};

/// The same for energy.
struct EnergyRange {
    Joules low, value, high;
};
constexpr CarbonRange carbonOf(const EnergyRange& energy, GramsPerKwh intensity, double pue = 1.0) {
    return {carbonOf(energy.low, intensity, pue), carbonOf(energy.value, intensity, pue),
            carbonOf(energy.high, intensity, pue)};
}

/// What it took to make a device of a kind, from resources/embodied.csv. Sources differ by up to 3.5 times,
/// so the bounds matter more than the value.
struct DeviceClass {
    std::string id, title; ///< "laptop"
    CarbonRange embodied;  ///< grams; the value is the typical one
    double years = 0;      ///< of use that is expected, an assumption
    std::string source;
};

std::span<const DeviceClass> deviceClasses();
/// Throws Error that lists the known ones.
const DeviceClass& deviceClass(std::string_view id);

constexpr Seconds oneYear(365.0 * 24 * 3600);

/// M of ISO/IEC 21031 (SCI): TE x (TiR / EL) x (RR / ToR). `reserved`: the time that the device is reserved
/// for the work; `lifespan`: that it is expected to be used in all; `share`: of its resources. Throws Error
/// unless the lifespan is above 0, the time is not negative and the share is within 0..1.
CarbonRange embodiedShare(const CarbonRange& total, Seconds reserved, Seconds lifespan, double share);

} // namespace greenfront::energy
