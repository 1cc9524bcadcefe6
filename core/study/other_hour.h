// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/intensity_series.h"
#include "core/study/carbon.h"

#include <span>
#include <string>
#include <vector>

namespace greenfront::study {

/// What all sources together drew between two readings of a run.
struct DrawnPart {
    Seconds begin, length; ///< begin: active time since the first run began
    energy::EnergyRange joules;
};

/// Of all runs one after the other, without the time in which they stood still.
std::vector<DrawnPart> drawnParts(store::Workspace& workspace, const StudyAccount& account);

/// The same runs, begun at another time.
struct OtherHour {
    energy::Moment start, end;
    energy::CarbonRange carbon; ///< without PUE: each part's joules at the intensity of its own time
    energy::GridIntensity grid; ///< the mean, weighted with the joules, of which `carbon` is made
};

/// `source`: the name of the series, for a person. Throws Error if the series does not know the intensity of
/// any time in which something was drawn.
OtherHour startedAt(const energy::IntensitySeries& series, energy::Moment start,
                    std::span<const DrawnPart> parts, const std::string& source);

} // namespace greenfront::study
