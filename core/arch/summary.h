// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

#include <string>

namespace greenfront::arch {

/// A network at one end of a space.
struct NetworkSummary {
    Costs costs;
    Shape input; ///< at the resolution that it chooses
};

/// How many networks a space has, and what its smallest and its largest cost.
struct SpaceSummary {
    std::string kind;
    double networks = 0;
    NetworkSummary smallest, largest;
};
SpaceSummary summaryOf(const SearchSpace& space);

/// "5184", "2.0 × 10¹⁹": whole up to a million, two digits above.
std::string networksText(double count);

/// {kind, networks, smallest: {parameters, macs, activation_bytes, resolution}, largest: the same}.
/// activation_bytes: the largest sum of live outputs, fp32, one sample. resolution: pixels of a side, or
/// [height, width] where they differ.
OrderedJson toJson(const SpaceSummary& summary);

} // namespace greenfront::arch
