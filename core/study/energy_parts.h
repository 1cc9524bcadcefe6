// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/carbon.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::study {

/// What one source counted in one phase, over all runs; as a total, phase and source are empty.
struct EnergyPart {
    std::string phase, source, method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds; ///< that the source counted for
    energy::EnergyRange joules;
    /// Without what the machine draws when idle; nothing unless that is known for all of it.
    std::optional<energy::EnergyRange> net{};
    energy::CarbonRange carbon; ///< operational, with PUE
};

/// By phase, source and provenance: what was measured and what was estimated stay apart. In the order in
/// which the runs met them.
std::vector<EnergyPart> energyParts(const StudyAccount& account, const CarbonSettings& settings);

/// The sum over the parts of this provenance; nothing if there is none.
std::optional<EnergyPart> totalOf(std::span<const EnergyPart> parts, Provenance provenance);
/// The sum over all parts: measured only if all of it is.
EnergyPart totalOf(std::span<const EnergyPart> parts);

/// All studies of a workspace, each in grams under its own assumptions.
struct WorkspaceCarbon {
    std::size_t studies = 0; ///< that have run
    EnergyPart total;
};
WorkspaceCarbon workspaceCarbon(store::Workspace& workspace);

} // namespace greenfront::study
