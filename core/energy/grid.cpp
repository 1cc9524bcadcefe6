// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/grid.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "grid_table.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <vector>

namespace greenfront::energy {
namespace {

template <class Number>
Number numberIn(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// code,place,provider,value,unit,year,source,licence
GridIntensity parsedRow(std::string_view row) {
    const auto fields = split(row, ',');
    return {.value = GramsPerKwh(numberIn<double>(fields[3])),
            .code = std::string(fields[0]),
            .place = std::string(fields[1]),
            .provider = std::string(fields[2]),
            .year = numberIn<int>(fields[5]),
            .annual = true,
            .source = std::string(fields[6]),
            .licence = std::string(fields[7])};
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string similarTo(std::string_view wanted) {
    constexpr std::size_t most = 8;
    const std::string start = lowered(wanted.substr(0, 3));
    std::vector<std::string> similar;
    for (const GridIntensity& grid : knownGrids())
        if (similar.size() < most && !start.empty() &&
            (lowered(grid.code).starts_with(start) || lowered(grid.place).starts_with(start)))
            similar.push_back(grid.code + " (" + grid.place + ")");
    return join(similar, ", ");
}

} // namespace

std::span<const GridIntensity> knownGrids() {
    static const std::vector<GridIntensity> all = [] {
        std::vector<GridIntensity> grids;
        for (const std::string_view row : gridTable)
            if (!row.starts_with('#') && !row.starts_with("code,"))
                grids.push_back(parsedRow(row));
        return grids;
    }();
    return all;
}

const GridIntensity* findGrid(std::string_view codeOrCountry) {
    const std::string wanted = lowered(codeOrCountry);
    const auto found = std::ranges::find_if(knownGrids(), [&](const GridIntensity& grid) {
        return lowered(grid.code) == wanted || (grid.provider.empty() && lowered(grid.place) == wanted);
    });
    return found == knownGrids().end() ? nullptr : &*found;
}

const GridIntensity& gridOf(std::string_view codeOrCountry) {
    if (const GridIntensity* found = findGrid(codeOrCountry))
        return *found;
    const std::string similar = similarTo(codeOrCountry);
    throw Error("find", "the grid of '" + std::string(codeOrCountry) + "'",
                "no such country or cloud region is known",
                (similar.empty() ? "" : "Similar are " + similar + ". ") +
                    "Give a three-letter country code or a cloud region, as 'greenfront-cli carbon regions' "
                    "lists them");
}

GridIntensity worldAverage() {
    return {.value = GramsPerKwh(480),
            .code = {},
            .place = "the world, as no region was given",
            .provider = {},
            .year = 2023,
            .annual = true,
            .source = "Ember, Global Electricity Review 2024",
            .licence = "CC BY 4.0"};
}

GridIntensity fixedGrid(GramsPerKwh value, std::string source) {
    if (!std::isfinite(value.value) || value.value < 0)
        throw Error("use", "a grid intensity of " + numberText(value.value) + " g CO2e/kWh",
                    "it must be a number of at least 0", "Give grams of CO2e for each kilowatt-hour");
    return {.value = value,
            .code = {},
            .place = {},
            .provider = {},
            .year = 0,
            .annual = false,
            .source = std::move(source),
            .licence = {}};
}

std::string describe(const GridIntensity& grid) {
    std::string text = shortText(grid.value.value) + " g CO2e/kWh, location-based, ";
    if (grid.annual)
        text += "annual average of " + std::to_string(grid.year) + " for ";
    else
        text += "a fixed value";
    text += (grid.provider.empty() ? "" : grid.provider + " " + grid.code + ", ") + grid.place;
    if (grid.source.empty())
        return text;
    return text + " (" + grid.source + (grid.licence.empty() ? "" : ", " + grid.licence) + ")";
}

double checkedPue(double pue) {
    if (!std::isfinite(pue) || pue < 1.0)
        throw Error("use", "a PUE of " + numberText(pue), "it must be a number of at least 1",
                    "Give the data centre's power usage effectiveness, or 1 where there is none");
    return pue;
}

} // namespace greenfront::energy
