// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/report.h"

#include "core/arch/search_space.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/candidates.h"
#include "core/store/studies.h"
#include "core/study/devices.h"
#include "core/study/results.h"
#include "core/study/trained.h"

#include <algorithm>

namespace greenfront::study {
namespace {

using energy::FunctionalUnit;

/// An older run did not record its machine; those fields stay empty.
formats::ReportedMachine machineOf(const store::RunRow& run) {
    formats::ReportedMachine machine;
    if (!run.versions.is_object())
        return machine;
    machine.os = run.versions.value("os", "");
    machine.processor = run.versions.value("processor", "");
    machine.threads = run.versions.value("hardware_threads", 0);
    machine.memory = Bytes(run.versions.value("memory_bytes", 0.0));
    return machine;
}

formats::ReportedRun reported(const RunAccount& account, const CarbonSettings& settings) {
    const store::RunRow& row = account.run;
    formats::ReportedRun run;
    run.id = std::to_string(row.id.value);
    run.kind = row.kind;
    run.subject = row.subject;
    run.started = row.started;
    run.seconds = row.seconds;
    for (const store::EnergyRow& each : account.energy)
        run.energy.push_back({each.phase, each.source, each.method, each.provenance, each.seconds,
                              each.joules, each.low, each.high});
    run.joules = account.joules;
    run.carbon = energy::carbonOf(account.joules, settings.grid.value, settings.pue);
    run.machine = machineOf(row);
    run.version = row.versions.is_object() ? row.versions.value("greenfront", "") : "";
    return run;
}

std::string sourcesOf(const StudyAccount& account) {
    std::vector<std::string> sources;
    for (const RunAccount& run : account.runs)
        for (const store::EnergyRow& row : run.energy)
            if (const std::string text = row.source + " (" + row.method + ")";
                std::ranges::find(sources, text) == sources.end())
                sources.push_back(text);
    return join(sources, "; ");
}

/// Of the first run that recorded it.
std::string engineOf(const StudyAccount& account) {
    for (const RunAccount& run : account.runs)
        if (run.run.versions.is_object() && run.run.versions.contains("engine"))
            return run.run.versions.value("engine", "");
    return {};
}

energy::SciScore trainingScore(const CarbonSettings& settings, const StudyAccount& account,
                               bool ownTraining) {
    return energy::sciOf(
        {.unit = FunctionalUnit::TrainingRun,
         .energy = account.joules,
         .provenance = account.provenance(),
         .energyMethod = sourcesOf(account),
         .grid = settings.grid,
         .pue = settings.pue,
         .device = settings.machine,
         .reserved = account.seconds,
         .share = 1,
         .boundary =
             std::string(ownTraining ? "training and search on this machine: every epoch, every network that "
                                       "was tried"
                                     : "every trial of the search for parameters on this machine") +
             " and every run that was stopped; not the making of the data"});
}

energy::SciScore inferenceScore(const CarbonSettings& settings, const energy::LifecycleInput& input,
                                const device::Profile& device, FunctionalUnit unit,
                                const std::string& candidate) {
    const double count = unit == FunctionalUnit::ThousandInferences ? 1000 : 1;
    return energy::sciOf(
        {.unit = unit,
         .energy = {input.perInference.low * count, input.perInference.value * count,
                    input.perInference.high * count},
         .provenance = Provenance::Estimated,
         .energyMethod = "latency times power, for candidate " + candidate + " on " + device.title,
         .grid = settings.useGrid,
         .pue = input.pue,
         .device = input.device,
         .reserved = input.latency * count,
         .share = input.resourceShare,
         .boundary =
             "inference of one sample at a time on the device while it computes; not its training, not what "
             "brings the sample to the device"});
}

/// The wanted candidate, if the device has it, or else the most accurate one.
const FrontPoint* chosenPoint(const Front& front, const std::optional<CandidateId>& wanted) {
    const auto found = wanted ? std::ranges::find(front.points, *wanted, &FrontPoint::candidate)
                              : std::ranges::max_element(front.points, {}, [](const FrontPoint& point) {
                                    return point.metrics.at("accuracy").value;
                                });
    return found == front.points.end() ? nullptr : &*found;
}

formats::ReportedFront pictured(const Front& front) {
    formats::ReportedFront picture{front.device, "latency [ms]", "accuracy [%]", {}};
    for (const FrontPoint& point : front.points)
        picture.points.push_back({"candidate " + std::to_string(point.candidate.value),
                                  point.metrics.at(front.x).value, point.metrics.at(front.y).value,
                                  point.onFront});
    return picture;
}

bool wanted(const ReportOptions& options, FunctionalUnit unit) {
    return !options.unit || *options.unit == unit;
}

/// What the search found, where it has found anything yet.
void addNetworks(formats::CarbonReport& report, store::Workspace& workspace, StudyId id,
                 const StudyAccount& account, const CarbonSettings& settings, const ReportOptions& options) {
    const auto devices = store::devicesOf(workspace, id);
    bool found = false;
    for (const std::string& name : options.device.empty() ? devices : std::vector{options.device}) {
        const Front front = frontOf(workspace, id, "latency_ms", "accuracy", name);
        const FrontPoint* point = chosenPoint(front, options.candidate);
        if (!point)
            continue;
        found = true;
        const double accuracy = point->metrics.at("accuracy").value;
        report.accuracy = std::max(report.accuracy.value_or(accuracy), accuracy);
        report.fronts.push_back(pictured(front));
        const device::Profile device = findDevice(workspace, name);
        const auto input = lifecycleInput(settings, account, device, point->metrics);
        for (const FunctionalUnit unit : {FunctionalUnit::Inference, FunctionalUnit::ThousandInferences})
            if (input && wanted(options, unit))
                report.scores.push_back(
                    inferenceScore(settings, *input, device, unit, std::to_string(point->candidate.value)));
    }
    if (options.candidate && !found)
        throw Error("report on", "candidate " + std::to_string(options.candidate->value),
                    "the study has no such candidate", "List them with 'greenfront-cli front'");
}

} // namespace

formats::CarbonReport reportOf(store::Workspace& workspace, StudyId id, const ReportOptions& options) {
    const Study study = accountedStudy(workspace, id);
    const CarbonSettings settings = carbonSettings(study);
    const StudyAccount account = accountOf(workspace, id);
    if (std::ranges::all_of(account.runs, [](const RunAccount& run) { return run.energy.empty(); }))
        throw Error("report on", "study " + std::to_string(id.value),
                    "none of its runs has recorded any energy", "Run it with 'greenfront-cli study run'");
    formats::CarbonReport report;
    report.study = std::to_string(id.value);
    report.project = study.name;
    report.created = utcNow();
    for (const RunAccount& run : account.runs)
        report.runs.push_back(reported(run, settings));
    report.joules = account.joules;
    report.carbon = energy::carbonOf(account.joules, settings.grid.value, settings.pue);
    report.seconds = account.seconds;
    report.provenance = account.provenance();
    report.grid = settings.grid;
    report.pue = settings.pue;
    if (const auto data = store::findData(workspace, study.dataHash)) {
        report.dataName = data->name;
        report.dataKind = data->kind;
        if (const Json samples = data->info.value("samples", Json()); samples.is_array() && !samples.empty())
            report.samples = samples.at(0).get<double>();
    }
    const bool ownTraining = !study.space.is_null(); // a search for parameters may train with anything
    if (wanted(options, FunctionalUnit::TrainingRun))
        report.scores.push_back(trainingScore(settings, account, ownTraining));
    if (!ownTraining)
        return report;
    const auto space = arch::makeSpace(study.space);
    report.parameters = arch::networkCosts(space->decode(space->largest())).parameters;
    report.epochs = study.parameters.at("epochs").get<double>();
    report.framework = "LibTorch";
    report.frameworkVersion = engineOf(account);
    addNetworks(report, workspace, id, account, settings, options);
    return report;
}

} // namespace greenfront::study
