// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "app/cli/child.h"
#include "core/base/json.h"
#include "core/energy/grid.h"
#include "core/energy/idle.h"
#include "core/energy/sources.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::cli {

/// What `energy measure` found out about one program.
struct Measured {
    Ended ended;
    Seconds seconds;
    std::vector<energy::Reading> readings; ///< of the whole machine; they may be added
    std::vector<energy::Recorder::Overlap> parts;
    std::vector<energy::Unusable> unusable;
    std::optional<energy::IdleBaseline> idle;
    std::optional<double> share; ///< of the processor time that was used
    energy::GridIntensity grid;
    double pue = 1;
};

OrderedJson measuredJson(const Measured& measured);
std::string measuredText(const Measured& measured);

OrderedJson sourcesJson(const std::vector<energy::Source>& sources);

} // namespace greenfront::cli
