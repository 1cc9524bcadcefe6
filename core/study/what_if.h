// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/carbon.h"
#include "core/study/other_hour.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::study {

/// The same runs, and the same model in use, under other assumptions.
struct Scenario {
    std::string name; ///< "as it was", "FRA", "2026-03-01T12:00:00Z"
    CarbonSettings settings;
    std::optional<OtherHour> hour{}; ///< in place of the grid's intensity for all of the time
};

struct Outcome {
    std::string name;
    CarbonSettings settings;
    std::optional<OtherHour> hour;
    energy::CarbonRange operational; ///< of all runs
    std::optional<energy::CarbonRange>
        embodied;            ///< of all runs; nothing if the class of the machine is unknown
    double savedPercent = 0; ///< operational, against the first scenario
    std::optional<energy::Lifecycle> lifecycle; ///< of the chosen network, where there is one
};

/// A model on a device, for its lifecycle.
struct ModelInUse {
    device::Profile device;
    std::map<std::string, Metric> metrics;
};

/// One outcome a scenario, in their order. Throws Error for impossible assumptions.
std::vector<Outcome> whatIf(const StudyAccount& account, std::span<const Scenario> scenarios,
                            const std::optional<ModelInUse>& model);

/// The runs at another hour, under the same assumptions otherwise. A lifecycle counts its making at the mean
/// intensity of all runs of the study.
Scenario atHour(std::string name, CarbonSettings settings, OtherHour hour);

} // namespace greenfront::study
