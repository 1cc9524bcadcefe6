// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/embodied.h"
#include "core/energy/idle.h"
#include "core/store/idle_power.h"
#include "core/store/runs.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

/// What tells machines apart in a workspace, from the versions that a run is stored with: "AMD EPYC, 2
/// threads".
std::string machineOf(const Json& versions);

/// Measures with the sources that studies are measured with, and keeps it for this machine. What else the
/// machine does meanwhile is in it. Throws Error if a study is running in the workspace; Cancelled.
std::vector<store::IdlePowerRow> measureAndKeepIdle(store::Workspace& workspace, Seconds duration,
                                                    Control& control);
/// As it was last measured on this machine; empty where it never was.
std::vector<store::IdlePowerRow> idleOfThisMachine(store::Workspace& workspace);

/// The baselines of the machines on which the runs of a workspace took place, each read once.
class IdleBaselines {
public:
    explicit IdleBaselines(store::Workspace& workspace) : workspace_(workspace) {}
    /// The joules without what the machine draws when idle, which may be below zero; nothing where that was
    /// not measured for this source.
    std::optional<energy::EnergyRange> net(const store::RunRow& run, const store::EnergyRow& gross);

private:
    store::Workspace& workspace_;
    std::map<std::string, std::vector<store::IdlePowerRow>> known_;
};

} // namespace greenfront::study
