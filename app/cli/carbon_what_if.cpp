// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/carbon.h"
#include "app/cli/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/devices.h"
#include "core/study/model_carbon.h"
#include "core/study/results.h"
#include "core/study/what_if.h"

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>
#include <span>

namespace greenfront::cli {
namespace {

struct Options {
    std::string workspace, series, place, useRegion, machine, device;
    std::vector<std::string> regions, hours;
    std::vector<double> intensities;
    std::optional<double> pue, lifetime, deployed, inferences;
    std::int64_t study = 0, candidate = 0;
    bool json = false;
};

using study::CarbonSettings;
using study::Scenario;

/// What holds in every scenario but the first.
CarbonSettings changed(const study::Study& study, const Options& options) {
    CarbonSettings settings = study::changedSettings(study, {.region = {},
                                                             .pue = options.pue,
                                                             .days = options.lifetime,
                                                             .deployed = options.deployed,
                                                             .inferencesPerDay = options.inferences,
                                                             .machine = {}});
    if (!options.useRegion.empty())
        settings.useGrid = energy::gridOf(options.useRegion);
    if (!options.machine.empty())
        settings.machine = energy::deviceClass(options.machine);
    return settings;
}

/// Where the study does not say where the model is used, that goes along.
Scenario elsewhere(const std::string& name, CarbonSettings settings, const energy::GridIntensity& grid,
                   bool useToo) {
    settings.grid = grid;
    if (useToo)
        settings.useGrid = grid;
    return {name, settings};
}

energy::Moment momentOf(const std::string& hour) {
    if (const auto moment = energy::parseMoment(hour))
        return *moment;
    throw Error("read the time", "'" + hour + "'", "it is not an ISO 8601 time with a zone",
                "Write it as 2026-03-01T12:00:00Z");
}

/// Where the model is used does not move with the runs.
std::vector<Scenario> otherHours(const Options& options, const CarbonSettings& base,
                                 std::span<const study::DrawnPart> parts) {
    if (options.hours.empty())
        return {};
    if (options.series.empty())
        throw Error("ask", "what if at another hour", "there is no series of intensities",
                    "Give one with --series");
    std::vector<Scenario> scenarios;
    std::vector<energy::Moment> starts;
    for (const std::string& hour : options.hours)
        starts.push_back(momentOf(hour));
    const auto series = energy::readIntensitySeries(options.series, options.place);
    for (std::size_t i = 0; i < starts.size(); ++i)
        scenarios.push_back(study::atHour(options.hours[i], base,
                                          study::startedAt(series, starts[i], parts, options.series)));
    return scenarios;
}

std::vector<Scenario> scenariosOf(const Options& options, const study::Study& study,
                                  std::span<const study::DrawnPart> parts) {
    const CarbonSettings before = study::carbonSettings(study);
    const CarbonSettings base = changed(study, options);
    const bool useToo =
        options.useRegion.empty() && study.parameters.at("use_region").get<std::string>().empty();
    std::vector<Scenario> scenarios{{"as it was", before}};
    for (const std::string& region : options.regions)
        scenarios.push_back(elsewhere(region, base, energy::gridOf(region), useToo));
    for (const double value : options.intensities)
        scenarios.push_back(
            elsewhere(numberText(value) + " g/kWh", base,
                      energy::fixedGrid(energy::GramsPerKwh(value), "given on the command line"), useToo));
    auto hours = otherHours(options, base, parts);
    std::ranges::move(hours, std::back_inserter(scenarios));
    if (scenarios.size() == 1)
        scenarios.push_back({"changed", base});
    return scenarios;
}

/// The wanted candidate, or the most accurate one; nothing if the search has found none for the device yet.
std::optional<study::FrontPoint> chosen(store::Workspace& workspace, StudyId id, const Options& options,
                                        std::string& device) {
    const auto devices = study::metricNames(workspace, id, device);
    if (devices.empty())
        return std::nullopt;
    const study::Front front = study::frontOf(workspace, id, "latency_ms", "accuracy", device);
    std::optional<study::FrontPoint> best;
    for (const study::FrontPoint& point : front.points)
        if (options.candidate != 0
                ? point.candidate.value == options.candidate
                : !best || point.metrics.at("accuracy").value > best->metrics.at("accuracy").value)
            best = point;
    if (!best && options.candidate != 0)
        throw Error("find", "candidate " + std::to_string(options.candidate),
                    "the study has none for " + device, "List them with 'greenfront-cli front'");
    return best;
}

OrderedJson rangeJson(const energy::CarbonRange& range) {
    return {{"grams", range.value.value}, {"low", range.low.value}, {"high", range.high.value}};
}

OrderedJson lifecycleJson(const energy::Lifecycle& life) {
    OrderedJson json = rangeJson(life.total());
    json["making"] = rangeJson(life.making);
    json["export"] = rangeJson(life.exporting);
    json["use"] = rangeJson(life.use);
    json["embodied"] = life.embodiedKnown ? rangeJson(life.embodied) : OrderedJson();
    return json;
}

OrderedJson outcomeJson(const study::Outcome& outcome) {
    const energy::GridIntensity& grid = outcome.settings.grid;
    return {{"name", outcome.name},
            {"region", grid.code},
            {"intensity_g_per_kwh", grid.value.value},
            {"annual", grid.annual},
            {"year", grid.year > 0 ? OrderedJson(grid.year) : OrderedJson()},
            {"source", grid.source},
            {"licence", grid.licence},
            {"start", outcome.hour ? OrderedJson(energy::isoText(outcome.hour->start)) : OrderedJson()},
            {"end", outcome.hour ? OrderedJson(energy::isoText(outcome.hour->end)) : OrderedJson()},
            {"pue", outcome.settings.pue},
            {"grams", outcome.operational.value.value},
            {"low", outcome.operational.low.value},
            {"high", outcome.operational.high.value},
            {"saved_percent", outcome.savedPercent},
            {"embodied", outcome.embodied ? rangeJson(*outcome.embodied) : OrderedJson()},
            {"lifecycle", outcome.lifecycle ? lifecycleJson(*outcome.lifecycle) : OrderedJson()}};
}

void print(const std::vector<study::Outcome>& outcomes) {
    std::vector<std::vector<std::string>> table{
        {"scenario", "g CO2e/kWh", "PUE", "runs", "from", "to", "saved", "lifecycle on one device"}};
    for (const study::Outcome& outcome : outcomes)
        table.push_back({outcome.name, fixedText(outcome.settings.grid.value.value, 1),
                         numberText(outcome.settings.pue), toText(outcome.operational.value),
                         toText(outcome.operational.low), toText(outcome.operational.high),
                         fixedText(outcome.savedPercent, 1) + " %",
                         outcome.lifecycle ? toText(outcome.lifecycle->total().value) : "unknown"});
    printTable(table);
    for (const study::Outcome& outcome : outcomes)
        std::cout << outcome.name << ": " << describe(outcome.settings.grid) << '\n';
}

void answer(const Options& options) {
    auto workspace = store::Workspace::open(options.workspace, store::Access::ReadOnly);
    const StudyId id = chooseStudy(workspace, options.study, StudyChoice::Any);
    const study::Study study = study::accountedStudy(workspace, id);
    const study::StudyAccount account = study::accountOf(workspace, id);
    std::string device = options.device.empty() ? device::thisMachine : options.device;
    const auto point = chosen(workspace, id, options, device);
    std::optional<study::ModelInUse> model;
    if (point)
        model = study::ModelInUse{study::findDevice(workspace, device), point->metrics};
    const auto outcomes =
        study::whatIf(account, scenariosOf(options, study, study::drawnParts(workspace, account)), model);
    if (!options.json) {
        print(outcomes);
        return;
    }
    OrderedJson scenarios = OrderedJson::array();
    for (const study::Outcome& outcome : outcomes)
        scenarios.push_back(outcomeJson(outcome));
    printJson({{"study", id.value},
               {"seconds", account.seconds.value},
               {"joules", account.joules.value.value},
               {"kwh", energy::inKwh(account.joules.value).value},
               {"provenance", toText(account.provenance())},
               {"device", device},
               {"candidate", point ? OrderedJson(point->candidate.value) : OrderedJson()},
               {"scenarios", scenarios}});
}

} // namespace

void addWhatIf(CLI::App& carbon) {
    CLI::App* command = carbon.add_subcommand(
        "what-if", "The same runs in another region, at another hour, for another lifetime");
    const auto options = std::make_shared<Options>();
    command->add_option("WORKSPACE", options->workspace, "A .greenfront file")->required();
    command->add_option("--region", options->regions, "A country or cloud region; may be repeated")
        ->allow_extra_args(false);
    command->add_option("--intensity", options->intensities, "A fixed value, g CO2e/kWh; may be repeated")
        ->allow_extra_args(false);
    command
        ->add_option("--hour", options->hours,
                     "When the runs would have begun, ISO 8601: each part of them counts with the "
                     "intensity of its own time; needs --series")
        ->allow_extra_args(false);
    command->add_option("--series", options->series, "Intensities over time, as for 'carbon schedule'");
    command->add_option("--series-region", options->place, "Which place, where the series has several");
    command->add_option("--pue", options->pue, "Power usage effectiveness of the data centre");
    command->add_option("--lifetime", options->lifetime, "Days of use of the model");
    command->add_option("--deployed", options->deployed, "Devices that the model runs on");
    command->add_option("--inferences", options->inferences, "Inferences a day on each device");
    command->add_option("--use-region", options->useRegion, "Where the model is used, if elsewhere");
    command->add_option("--machine", options->machine, "Class of this machine, for its embodied carbon");
    command->add_option("--device", options->device, "On which the model is used; this-machine if not given");
    command->add_option("--candidate", options->candidate, "The model; the most accurate one if not given");
    command->add_option("--study", options->study, "The study's number; the newest one if not given");
    command->add_flag("--json", options->json, "Print one JSON document");
    command->callback([options] { answer(*options); });
}

} // namespace greenfront::cli
