// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace greenfront::energy {

/// Carbon intensity of electricity, grams of CO2 equivalent for each kilowatt-hour.
using GramsPerKwh = Quantity<struct GramsPerKwhTag>;
/// Kilowatt-hours, for the reports that are written in them.
using KilowattHours = Quantity<struct KilowattHoursTag>;

constexpr Joules oneKwh(3.6e6);

constexpr KilowattHours inKwh(Joules energy) {
    return KilowattHours(energy / oneKwh);
}
constexpr Joules inJoules(KilowattHours energy) {
    return oneKwh * energy.value;
}

/// Where an intensity holds and where it comes from. All are location-based: what the grid there emits on
/// average, whatever contracts or certificates somebody bought (Greenhouse Gas Protocol, Scope 2 Guidance).
struct GridIntensity {
    GramsPerKwh value;
    std::string code;     ///< "FRA" (ISO 3166-1 alpha-3), "europe-west9"; empty for a fixed value
    std::string place;    ///< "France", "Paris"
    std::string provider; ///< of the cloud region: "gcp"; empty for a country
    int year = 0;         ///< that the value is of; 0 if unknown
    bool annual = false;  ///< an average over that year: no hour of it need have had this value
    std::string source, licence;
};

/// Countries by code, then cloud regions by code.
std::span<const GridIntensity> knownGrids();
/// By code or, for a country, by its English name; upper and lower case are the same. Nothing if unknown.
const GridIntensity* findGrid(std::string_view codeOrCountry);
/// The same; throws Error that lists regions with a similar name.
const GridIntensity& gridOf(std::string_view codeOrCountry);
/// What stands in where nobody said where the electricity comes from.
GridIntensity worldAverage();
/// A value that the user states. Throws Error unless it is finite and not negative.
GridIntensity fixedGrid(GramsPerKwh value, std::string source);
/// "56 g CO2e/kWh, location-based, annual average of 2023 for France (Our World in Data ..., CC BY 4.0)"
std::string describe(const GridIntensity& grid);

/// Power usage effectiveness: what the whole data centre draws for each joule that its computers draw. 1
/// where there is no data centre around the machine. Throws Error unless it is finite and at least 1.
double checkedPue(double pue);

/// Operational carbon: energy x PUE x intensity.
constexpr GramsCO2e carbonOf(Joules energy, GramsPerKwh intensity, double pue = 1.0) {
    return GramsCO2e(inKwh(energy).value * pue * intensity.value);
}

} // namespace greenfront::energy
