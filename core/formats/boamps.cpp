// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/formats/carbon_report.h"
#include "core/formats/encode.h"

#include <algorithm>
#include <cmath>

namespace greenfront::formats {
namespace {

/// "2026-03-01T12:00:00Z" as the schema writes it: "2026-03-01 12:00:00".
std::string dateTime(std::string iso) {
    std::ranges::replace(iso, 'T', ' ');
    if (iso.ends_with('Z'))
        iso.pop_back();
    return iso;
}

/// high, medium and low stand for errors of 10, 25 and 50 %; low is also what is worse than that.
std::string qualityOf(const energy::EnergyRange& energy) {
    if (energy.value.value <= 0)
        return "low";
    const double error = std::max(energy.high - energy.value, energy.value - energy.low) / energy.value;
    return error <= 0.10 ? "high" : error <= 0.25 ? "medium" : "low";
}

bool isTable(const CarbonReport& report) {
    return report.dataKind == "table";
}

OrderedJson algorithmOf(const CarbonReport& report) {
    OrderedJson algorithm{{"trainingType", "supervisedLearning"},
                          {"algorithmType", "neural network"},
                          {"algorithmName", isTable(report) ? "mlp" : "cnn"},
                          {"framework", report.framework},
                          {"frameworkVersion", report.frameworkVersion}};
    if (report.parameters > 0)
        algorithm["parametersNumber"] = report.parameters / 1e9; // billions, says the schema
    if (report.epochs > 0)
        algorithm["epochsNumber"] = report.epochs;
    return algorithm;
}

OrderedJson taskOf(const CarbonReport& report) {
    OrderedJson dataset{{"dataUsage", "input"}, {"dataType", isTable(report) ? "tabular" : "image"}};
    if (report.samples > 0)
        dataset["dataQuantity"] = report.samples;
    OrderedJson task{{"taskStage", "training"},
                     {"taskFamily", isTable(report) ? "tabular classification" : "image classification"},
                     {"algorithms", OrderedJson::array({algorithmOf(report)})},
                     {"dataset", OrderedJson::array({dataset})}};
    if (report.accuracy)
        task["measuredAccuracy"] = *report.accuracy / 100.0;
    task["taskDescription"] =
        cleanText(report.project + (report.dataName.empty() ? "" : ", on " + report.dataName));
    return task;
}

OrderedJson measuresOf(const CarbonReport& report) {
    OrderedJson measures = OrderedJson::array();
    for (const ReportedRun& run : report.runs)
        for (const ReportedEnergy& row : run.energy)
            measures.push_back({{"measurementMethod", "Greenfront: " + row.source},
                                {"version", run.version},
                                {"cpuTrackingMode", cleanText(row.method)},
                                {"gpuTrackingMode", ""},
                                {"powerConsumption", energy::inKwh(row.joules).value},
                                {"measurementDuration", row.seconds.value},
                                {"measurementDateTime", dateTime(run.started)}});
    return measures;
}

OrderedJson infrastructureOf(const CarbonReport& report) {
    OrderedJson processor{{"componentName", ""}, {"componentType", "cpu"}, {"nbComponent", 1}};
    double gigabytes = 0;
    for (const ReportedRun& run : report.runs) {
        if (!run.machine.processor.empty())
            processor["componentName"] = cleanText(run.machine.processor);
        gigabytes = std::max(gigabytes, run.machine.memory.value / (1024.0 * 1024 * 1024));
    }
    OrderedJson components = OrderedJson::array({processor});
    if (gigabytes > 0)
        components.push_back({{"componentType", "ram"},
                              {"nbComponent", 1},
                              {"memorySize", static_cast<std::int64_t>(std::llround(gigabytes))}});
    const bool cloud = !report.grid.provider.empty();
    return {{"infraType", cloud ? "publicCloud" : "other"},
            {"cloudProvider", report.grid.provider},
            {"components", components}};
}

} // namespace

std::string boampsJson(const CarbonReport& report) {
    const bool country = report.grid.provider.empty();
    const std::string os = report.runs.empty() ? "" : report.runs.front().machine.os;
    const OrderedJson json{
        {"header",
         {{"formatVersion", "1.0"}, {"reportDatetime", dateTime(report.created)}, {"reportStatus", "draft"}}},
        {"task", taskOf(report)},
        {"measures", measuresOf(report)},
        {"system", {{"os", os}}},
        {"software", {{"language", "c++"}, {"version", "20"}}},
        {"infrastructure", infrastructureOf(report)},
        {"environment",
         {{"country", country ? report.grid.place : ""},
          {"location", country ? "" : report.grid.code},
          {"powerSourceCarbonIntensity", report.grid.value.value}}},
        {"quality", qualityOf(report.joules)}};
    return json.dump(2) + "\n";
}

} // namespace greenfront::formats
