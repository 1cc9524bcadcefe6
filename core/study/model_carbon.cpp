// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/model_carbon.h"

#include "core/base/error.h"
#include "core/store/candidates.h"
#include "core/study/devices.h"
#include "core/study/results.h"

#include <algorithm>

namespace greenfront::study {
namespace {

LifecycleAnswer answerFor(const CarbonSettings& settings, const StudyAccount& account,
                          const device::Profile& device, const std::map<std::string, Metric>& metrics) {
    LifecycleAnswer answer;
    answer.input = lifecycleInput(settings, account, device, metrics);
    if (!answer.input) {
        answer.unknown = "the energy of an inference on this device is not known";
        return answer;
    }
    try {
        answer.life = energy::lifecycleOf(*answer.input);
    } catch (const Error& error) {
        answer.unknown = error.parts().reason;
    }
    return answer;
}

} // namespace

CarbonSettings changedSettings(const Study& study, const Assumptions& assumptions) {
    CarbonSettings settings = carbonSettings(study);
    if (!assumptions.region.empty()) {
        settings.grid = energy::gridOf(assumptions.region);
        if (study.parameters.at("use_region").get<std::string>().empty())
            settings.useGrid = settings.grid;
    }
    settings.pue = energy::checkedPue(assumptions.pue.value_or(settings.pue));
    settings.days = assumptions.days.value_or(settings.days);
    settings.deployed = assumptions.deployed.value_or(settings.deployed);
    settings.inferencesPerDay = assumptions.inferencesPerDay.value_or(settings.inferencesPerDay);
    if (assumptions.machine)
        settings.machine = *assumptions.machine == "unknown"
                               ? std::nullopt
                               : std::optional(energy::deviceClass(*assumptions.machine));
    return settings;
}

AssumedScenario assumedScenario(store::Workspace& workspace, const Study& study, const StudyAccount& account,
                                const Assumptions& assumptions) {
    Scenario scenario{"what if", changedSettings(study, assumptions), {}};
    if (!assumptions.hour)
        return {std::move(scenario), {}};
    const AnotherStart& hour = *assumptions.hour;
    try {
        return {atHour(scenario.name, std::move(scenario.settings),
                       startedAt(*hour.series, hour.start, drawnParts(workspace, account), hour.source)),
                {}};
    } catch (const Error& error) {
        return {std::nullopt, hour.source + ": " + error.parts().reason};
    }
}

CarbonChange changeOf(GramsCO2e before, GramsCO2e after) {
    CarbonChange change{.grams = after - before, .percent = {}};
    if (before.value > 0)
        change.percent = 100.0 * (change.grams / before);
    return change;
}

std::vector<ModelCarbon> frontCarbon(store::Workspace& workspace, StudyId id, const std::string& device,
                                     const Assumptions& assumptions) {
    const auto names = metricNames(workspace, id, device);
    for (const char* needed : {"latency_ms", "accuracy"})
        if (std::ranges::find(names, needed) == names.end())
            return {};
    const Study study = loadStudy(workspace, id);
    const StudyAccount account = accountOf(workspace, id);
    const CarbonSettings recorded = carbonSettings(study);
    const AssumedScenario assumed = assumedScenario(workspace, study, account, assumptions);
    const device::Profile profile = findDevice(workspace, device);
    std::vector<ModelCarbon> models;
    for (const FrontPoint& point : frontOf(workspace, id, "latency_ms", "accuracy", device).points) {
        if (!point.onFront)
            continue;
        ModelCarbon model{.study = id,
                          .candidate = point.candidate,
                          .metrics = point.metrics,
                          .recorded = answerFor(recorded, account, profile, point.metrics),
                          .assumed = {.input = {}, .life = {}, .unknown = assumed.unknown}};
        if (assumed.scenario)
            model.assumed = answerFor(assumed.scenario->settings, account, profile, point.metrics);
        models.push_back(std::move(model));
    }
    return models;
}

BreakEven compareModels(const LifecycleAnswer& first, const LifecycleAnswer& second) {
    using Answer = BreakEven::Answer;
    BreakEven result;
    if (!first.life || !second.life)
        return result;
    const energy::CarbonLine a = energy::lineOf(*first.input);
    const energy::CarbonLine b = energy::lineOf(*second.input);
    result.firstCheaperInUse = a.perInference < b.perInference;
    const auto inferences = energy::breakEven(a, b);
    const bool firstDearer = a.fixed > b.fixed;
    if (a.fixed == b.fixed)
        result.answer = Answer::SameToMake;
    else if (inferences)
        result.answer = firstDearer ? Answer::FirstLater : Answer::SecondLater;
    else
        result.answer = firstDearer ? Answer::SecondAlways : Answer::FirstAlways;
    result.inferences = inferences.value_or(0);
    return result;
}

} // namespace greenfront::study
