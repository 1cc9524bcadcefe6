// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/device/profile.h"
#include "core/energy/lifecycle.h"
#include "core/store/runs.h"
#include "core/study/study.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace greenfront::study {

/// What turns a study's joules into grams. Each field may be changed to ask what would be if.
struct CarbonSettings {
    energy::GridIntensity grid, useGrid;        ///< of this machine; of the devices that run the model
    double pue = 1;                             ///< of this machine
    std::optional<energy::DeviceClass> machine; ///< nothing if unknown
    double deployed = 1, inferencesPerDay = 0, days = 0, deviceShare = 0;
};

/// From the study's parameters; throws Error for an unknown region.
CarbonSettings carbonSettings(const Study& study);
/// The study whose parameters turn the joules of a stored one into grams: itself, or, of a search for
/// parameters, one without a network space that has its region and PUE. Throws Error as loadStudy() does.
Study accountedStudy(store::Workspace& workspace, StudyId id);

struct RunAccount {
    store::RunRow run;
    std::vector<store::EnergyRow> energy; ///< by phase, source and provenance
    energy::EnergyRange joules;
    /// Of each row of `energy`, without what the machine draws when idle; nothing where that is not known.
    std::vector<std::optional<energy::EnergyRange>> net;
};

/// Every run of a study with its energy: training counts every epoch, every intermediate run and every early
/// stop.
struct StudyAccount {
    std::vector<RunAccount> runs;
    energy::EnergyRange joules;
    Seconds seconds;

    /// Measured only if all of it is.
    Provenance provenance() const;
    /// The runs for which `keep` holds.
    StudyAccount only(bool (*keep)(const store::RunRow&)) const;
};
StudyAccount accountOf(store::Workspace& workspace, StudyId study);

constexpr const char* lifecycleName = "lifecycle_g";

/// From the candidate's metrics for the device: its energy, or its latency and the power that the meters
/// recorded while this machine measured. The training, the predictor and the search for this device count as
/// its making, runs of other kinds as export and compression. Nothing if the energy of an inference cannot be
/// told.
std::optional<energy::LifecycleInput> lifecycleInput(const CarbonSettings& settings,
                                                     const StudyAccount& account,
                                                     const device::Profile& device,
                                                     const std::map<std::string, Metric>& metrics);
/// "lifecycle_g", with its bounds and its parts; nothing if it cannot be told, or if so many inferences do
/// not fit into a day.
std::optional<Metric> lifecycleMetric(const CarbonSettings& settings, const StudyAccount& account,
                                      const device::Profile& device,
                                      const std::map<std::string, Metric>& metrics);
/// Adds the metric to each candidate's own for the device. Nothing is added for a device that is not
/// described.
void addLifecycle(store::Workspace& workspace, StudyId study, const std::string& device,
                  std::map<CandidateId, std::map<std::string, Metric>>& metrics);

} // namespace greenfront::study
