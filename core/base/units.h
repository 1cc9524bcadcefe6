// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <compare>
#include <cstdint>
#include <string>

namespace greenfront {

/// A number with a unit: adds to its own kind only, scales by plain ratios.
template <class Tag>
struct Quantity {
    double value = 0.0;

    constexpr Quantity() = default;
    explicit constexpr Quantity(double v) : value(v) {}

    constexpr auto operator<=>(const Quantity&) const = default;
    constexpr Quantity& operator+=(Quantity other) {
        value += other.value;
        return *this;
    }
    friend constexpr Quantity operator+(Quantity a, Quantity b) { return Quantity(a.value + b.value); }
    friend constexpr Quantity operator-(Quantity a, Quantity b) { return Quantity(a.value - b.value); }
    friend constexpr Quantity operator*(Quantity a, double ratio) { return Quantity(a.value * ratio); }
    friend constexpr Quantity operator*(double ratio, Quantity a) { return Quantity(a.value * ratio); }
    friend constexpr Quantity operator/(Quantity a, double ratio) { return Quantity(a.value / ratio); }
    friend constexpr double operator/(Quantity a, Quantity b) { return a.value / b.value; }
};

using Joules = Quantity<struct JoulesTag>;
using GramsCO2e = Quantity<struct GramsCO2eTag>;
using Seconds = Quantity<struct SecondsTag>;
using Watts = Quantity<struct WattsTag>;
using Bytes = Quantity<struct BytesTag>;

constexpr Joules operator*(Watts power, Seconds time) {
    return Joules(power.value * time.value);
}
constexpr Watts operator/(Joules energy, Seconds time) {
    return Watts(energy.value / time.value);
}

/// A row's key in the workspace; ids of different tables do not mix. 0 is no row.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    constexpr auto operator<=>(const Id&) const = default;
    explicit constexpr operator bool() const { return value != 0; }
};

using StudyId = Id<struct StudyTag>;
using RunId = Id<struct RunTag>;
using CandidateId = Id<struct CandidateTag>;

/// "1.24 kJ", "3.1 MB", "4 min 05 s": three significant digits and the prefix that reads best.
std::string toText(Joules energy);
std::string toText(GramsCO2e mass);
std::string toText(Seconds time);
std::string toText(Watts power);
std::string toText(Bytes size);
/// A count with an SI prefix: "1.37 M".
std::string countText(double count);

} // namespace greenfront
