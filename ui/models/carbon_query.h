// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/devices.h"
#include "core/study/energy_parts.h"
#include "core/study/model_carbon.h"

#include <optional>
#include <string>
#include <vector>

namespace greenfront::ui {

/// What the carbon page asks for; a device that the study does not have is replaced by one that it has.
struct CarbonQuery {
    StudyId study;
    std::string device;
    study::Assumptions assumptions;

    bool operator==(const CarbonQuery&) const = default;
};

struct CarbonView {
    study::Study study;
    std::size_t runs = 0;
    Seconds seconds; ///< of all runs
    std::vector<study::EnergyPart> parts;
    study::WorkspaceCarbon workspace;
    study::Outcome recorded; ///< as the study says
    /// Under the assumptions; nothing if the series does not know the hours of the runs.
    std::optional<study::Outcome> assumed;
    std::string unknown;              ///< why there is none
    std::vector<std::string> devices; ///< empty: there are no candidates yet
    std::string device;
    study::DeviceTitles titles;
    std::vector<study::ModelCarbon> models; ///< the study's front on the device
    std::vector<study::ModelCarbon> others; ///< the fronts of the other studies on it
};

/// Throws Error for assumptions that cannot hold.
CarbonView loadCarbon(store::Workspace& workspace, const CarbonQuery& query);

} // namespace greenfront::ui
