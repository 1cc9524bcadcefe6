// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/carbon.h"

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/store/studies.h"
#include "core/study/devices.h"
#include "core/study/idle_baseline.h"
#include "core/study/trained.h"
#include "core/study/tuning.h"

#include <algorithm>

namespace greenfront::study {
namespace {

using energy::EnergyRange;

constexpr const char* worldAverage =
    "set in the study; its default is the world's average of 2023, Ember, Global Electricity Review 2024";

energy::GridIntensity gridFor(const Study& study, const char* key, const energy::GridIntensity& otherwise) {
    const auto region = study.parameters.at(key).get<std::string>();
    return region.empty() ? otherwise : energy::gridOf(region);
}

std::optional<energy::DeviceClass> classFor(const std::string& id) {
    return id.empty() || id == "unknown" ? std::nullopt : std::optional(energy::deviceClass(id));
}

void add(EnergyRange& sum, const EnergyRange& more) {
    sum.low += more.low;
    sum.value += more.value;
    sum.high += more.high;
}

/// The joules of a second.
EnergyRange eachSecond(const EnergyRange& joules, Seconds seconds) {
    return {joules.low / seconds.value, joules.value / seconds.value, joules.high / seconds.value};
}

/// What the machine draws a second by all sources together, while the networks' latencies were measured, or
/// else over all of the runs; as sure as the sources are.
std::optional<EnergyRange> machinePower(const StudyAccount& account) {
    for (const bool measuringOnly : {true, false}) {
        std::map<std::string, std::pair<EnergyRange, Seconds>> bySource;
        for (const RunAccount& run : account.runs)
            for (const store::EnergyRow& row : run.energy)
                if (!measuringOnly || row.phase == "measuring") {
                    add(bySource[row.source].first, {row.low, row.joules, row.high});
                    bySource[row.source].second += row.seconds;
                }
        EnergyRange power;
        for (const auto& [source, spent] : bySource)
            if (spent.second.value > 0)
                add(power, eachSecond(spent.first, spent.second));
        if (power.value.value > 0)
            return power;
    }
    return std::nullopt;
}

/// perUnit: joules of a unit of the metric
EnergyRange scaled(const Metric& metric, const EnergyRange& perUnit) {
    return {perUnit.low * std::min(metric.low.value_or(metric.value), metric.value),
            perUnit.value * metric.value,
            perUnit.high * std::max(metric.high.value_or(metric.value), metric.value)};
}

std::optional<EnergyRange> inferenceEnergy(const StudyAccount& account, const device::Profile& device,
                                           const std::map<std::string, Metric>& metrics) {
    constexpr Joules millijoule(1e-3);
    constexpr Seconds perSecond(1e3); // milliseconds
    if (const auto own = metrics.find("energy_mj"); own != metrics.end())
        return scaled(own->second, {millijoule, millijoule, millijoule});
    const auto latency = metrics.find("latency_ms");
    const auto power = device.measured ? machinePower(account) : std::nullopt;
    if (latency == metrics.end() || !power)
        return std::nullopt;
    return scaled(latency->second, eachSecond(*power, perSecond));
}

std::string methodOf(const energy::Lifecycle& life, const CarbonSettings& settings) {
    return "for one of " + countText(settings.deployed) + " devices: making " + toText(life.making.value) +
           ", export and compression " + toText(life.exporting.value) + ", " +
           countText(settings.inferencesPerDay * settings.days) + " inferences " + toText(life.use.value) +
           ", embodied " +
           (life.embodiedKnown ? toText(life.embodied.value)
                               : "left out, as what the device is made of is unknown") +
           "; " + describe(settings.useGrid);
}

} // namespace

CarbonSettings carbonSettings(const Study& study) {
    const auto number = [&](const char* key) { return study.parameters.at(key).get<double>(); };
    CarbonSettings settings;
    settings.grid = gridFor(study, "region",
                            energy::fixedGrid(energy::GramsPerKwh(number("grid_intensity")), worldAverage));
    settings.useGrid = gridFor(study, "use_region", settings.grid);
    settings.pue = energy::checkedPue(number("pue"));
    settings.machine = classFor(study.parameters.at("machine_class").get<std::string>());
    settings.deployed = number("deployed_devices");
    settings.inferencesPerDay = number("inferences_a_day");
    settings.days = number("use_days");
    settings.deviceShare = number("device_share");
    return settings;
}

Study accountedStudy(store::Workspace& workspace, StudyId id) {
    const auto row = store::findStudy(workspace, id);
    if (!row || row->kind != store::tuningKind)
        return loadStudy(workspace, id);
    const Tuning tuning = loadTuning(workspace, id);
    Study study{.name = tuning.name,
                .data = {},
                .dataHash = row->dataHash,
                .space = {},
                .parameters = defaultsOf(studyParameters())};
    study.parameters["region"] = tuning.region;
    study.parameters["pue"] = tuning.pue;
    return study;
}

Provenance StudyAccount::provenance() const {
    for (const RunAccount& run : runs)
        for (const store::EnergyRow& row : run.energy)
            if (row.provenance != Provenance::Measured)
                return Provenance::Estimated;
    return Provenance::Measured;
}

StudyAccount StudyAccount::only(bool (*keep)(const store::RunRow&)) const {
    StudyAccount kept;
    for (const RunAccount& run : runs)
        if (keep(run.run)) {
            kept.runs.push_back(run);
            add(kept.joules, run.joules);
            kept.seconds += run.run.seconds;
        }
    return kept;
}

StudyAccount accountOf(store::Workspace& workspace, StudyId study) {
    StudyAccount account;
    IdleBaselines idle(workspace);
    for (store::RunRow& run : store::runsOf(workspace, study)) {
        RunAccount one{.run = std::move(run), .energy = {}, .joules = {}, .net = {}};
        one.energy = store::energyTotals(workspace, one.run.id);
        for (const store::EnergyRow& row : one.energy) {
            add(one.joules, {row.low, row.joules, row.high});
            one.net.push_back(idle.net(one.run, row));
        }
        add(account.joules, one.joules);
        account.seconds += one.run.seconds;
        account.runs.push_back(std::move(one));
    }
    return account;
}

std::optional<energy::LifecycleInput> lifecycleInput(const CarbonSettings& settings,
                                                     const StudyAccount& account,
                                                     const device::Profile& device,
                                                     const std::map<std::string, Metric>& metrics) {
    const auto perInference = inferenceEnergy(account, device, metrics);
    if (!perInference)
        return std::nullopt;
    EnergyRange making;
    EnergyRange exporting;
    for (const RunAccount& run : account.runs)
        if (run.run.kind != trainingKind && run.run.kind != searchKind && run.run.kind != predictorKind)
            add(exporting, run.joules);
        else if (run.run.subject.empty() || run.run.subject == device.id)
            add(making, run.joules);
    energy::LifecycleInput input;
    input.making = energy::carbonOf(making, settings.grid.value, settings.pue);
    input.exporting = energy::carbonOf(exporting, settings.grid.value, settings.pue);
    input.deployed = settings.deployed;
    input.perInference = *perInference;
    input.inferencesPerDay = settings.inferencesPerDay;
    input.days = settings.days;
    input.intensity = settings.useGrid.value;
    input.pue = device.measured ? settings.pue : 1.0;
    input.device = device.measured ? settings.machine : classFor(device.embodiedClass);
    if (const auto latency = metrics.find("latency_ms"); latency != metrics.end())
        input.latency = Seconds(latency->second.value * 1e-3);
    input.deviceShare = settings.deviceShare;
    input.resourceShare = device.embodiedShare;
    return input;
}

std::optional<Metric> lifecycleMetric(const CarbonSettings& settings, const StudyAccount& account,
                                      const device::Profile& device,
                                      const std::map<std::string, Metric>& metrics) {
    const auto input = lifecycleInput(settings, account, device, metrics);
    if (!input || input->latency.value * input->inferencesPerDay > 24.0 * 3600)
        return std::nullopt;
    const energy::Lifecycle life = energy::lifecycleOf(*input);
    const energy::CarbonRange total = life.total();
    return Metric{.name = lifecycleName,
                  .value = total.value.value,
                  .unit = "g CO2e",
                  .direction = Direction::Minimise,
                  .provenance = Provenance::Estimated,
                  .low = total.low.value,
                  .high = total.high.value,
                  .method = methodOf(life, settings)};
}

void addLifecycle(store::Workspace& workspace, StudyId study, const std::string& device,
                  std::map<CandidateId, std::map<std::string, Metric>>& metrics) {
    const auto devices = knownDevices(workspace);
    const auto profile = std::ranges::find(devices, device, &device::Profile::id);
    if (profile == devices.end())
        return;
    try {
        const CarbonSettings settings = carbonSettings(loadStudy(workspace, study));
        const StudyAccount account = accountOf(workspace, study);
        for (auto& [candidate, own] : metrics)
            if (auto metric = lifecycleMetric(settings, account, *profile, own))
                own.insert_or_assign(lifecycleName, std::move(*metric));
    } catch (const Error& error) {
        logWarning(std::string("Lifecycle carbon is not shown: ") + error.what());
    }
}

} // namespace greenfront::study
