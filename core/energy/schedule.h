// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/intensity_series.h"

#include <optional>
#include <string_view>
#include <vector>

namespace greenfront::energy {

/// Dodge et al. 2022, "Measuring the carbon intensity of AI in cloud instances". Flexible start: waits, then
/// runs without a pause. Pause and resume: runs in the cheapest slots.
enum class Policy { FlexibleStart, PauseAndResume };
/// "flexible-start", "pause-resume"
std::string_view toText(Policy policy);
/// Throws Error that lists them.
Policy policyFrom(std::string_view text);

struct ScheduleRequest {
    Policy policy = Policy::FlexibleStart;
    std::chrono::seconds duration{}; ///< of the work itself
    std::chrono::seconds window{};   ///< from `from` on; the work begins and ends within it
    Moment from;
    std::chrono::seconds step{300};
};

struct Schedule {
    Policy policy = Policy::FlexibleStart;
    Moment start, end;           ///< of the first and the last part
    std::vector<TimeSpan> parts; ///< ascending, with a pause between any two
    GramsPerKwh mean;            ///< over the parts
    Seconds delay;               ///< how much later it ends than if it had run at once
    /// Of the carbon of running at once; nothing where the intensity of that is not known.
    std::optional<double> savedPercent;
    bool windowCut = false; ///< the series ends before the window does
};

/// The best of all starts (flexible start) or of all choices of slots (pause and resume) on the grid of steps
/// from `from` on; the earliest of equals. Where the duration is no multiple of the step, one slot is used
/// only in part, from its beginning. Nothing runs in a gap of the series. Throws Error if the work does not
/// fit into what the series knows of the window.
Schedule schedule(const IntensitySeries& series, const ScheduleRequest& request);

} // namespace greenfront::energy
