// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/text.h"
#include "core/formats/carbon_report.h"

#include <algorithm>
#include <array>
#include <map>

namespace greenfront::formats {
namespace {

constexpr double gramsPerKilogram = 1000.0;

/// CodeCarbon's, in its order.
constexpr std::array columns{"timestamp",
                             "project_name",
                             "run_id",
                             "experiment_id",
                             "duration",
                             "emissions",
                             "emissions_rate",
                             "cpu_power",
                             "gpu_power",
                             "ram_power",
                             "cpu_energy",
                             "gpu_energy",
                             "ram_energy",
                             "energy_consumed",
                             "water_consumed",
                             "country_name",
                             "country_iso_code",
                             "region",
                             "cloud_provider",
                             "cloud_region",
                             "os",
                             "python_version",
                             "codecarbon_version",
                             "cpu_count",
                             "cpu_model",
                             "gpu_count",
                             "gpu_model",
                             "longitude",
                             "latitude",
                             "ram_total_size",
                             "tracking_mode",
                             "cpu_utilization_percent",
                             "gpu_utilization_percent",
                             "ram_utilization_percent",
                             "ram_used_gb",
                             "on_cloud",
                             "pue",
                             "wue"};

/// "cpu", "ram", "gpu", or nothing of the three.
std::string partOf(const std::string& source) {
    if (source.find("dram") != std::string::npos || source.starts_with("memory-model"))
        return "ram";
    if (source.starts_with("rapl") || source.starts_with("processor-model"))
        return "cpu";
    if (source.starts_with("nvml") || source.find("gpu") != std::string::npos)
        return "gpu";
    return {};
}

struct Spent {
    Joules joules;
    Seconds seconds;
};

/// What the process used, where all of it is a model of the process; else what the machine used.
std::string trackingMode(const ReportedRun& run) {
    const auto modelled = [](const ReportedEnergy& row) { return row.source.starts_with("processor-model"); };
    if (run.energy.empty())
        return {};
    if (std::ranges::all_of(run.energy, modelled))
        return "process";
    return std::ranges::none_of(run.energy, modelled) ? "machine" : "";
}

/// Fills the columns that are known; every other stays empty.
std::map<std::string, std::string> valuesOf(const CarbonReport& report, const ReportedRun& run) {
    std::map<std::string, std::string> values{{"timestamp", run.started},
                                              {"project_name", report.project},
                                              {"run_id", run.id},
                                              {"experiment_id", report.study},
                                              {"duration", numberText(run.seconds.value)},
                                              {"os", run.machine.os},
                                              {"cpu_model", run.machine.processor},
                                              {"tracking_mode", trackingMode(run)},
                                              {"pue", numberText(report.pue)}};
    if (!run.energy.empty()) {
        const double kilograms = run.carbon.value.value / gramsPerKilogram;
        values["emissions"] = numberText(kilograms);
        if (run.seconds.value > 0)
            values["emissions_rate"] = numberText(kilograms / run.seconds.value);
        values["energy_consumed"] = numberText(energy::inKwh(run.joules.value * report.pue).value);
    }
    std::map<std::string, std::map<std::string, Spent>> parts; // a part may have several sources at once
    for (const ReportedEnergy& row : run.energy) {
        Spent& spent = parts[partOf(row.source)][row.source];
        spent.joules += row.joules;
        spent.seconds += row.seconds;
    }
    parts.erase("");
    for (const auto& [part, sources] : parts) {
        Joules joules;
        Watts power;
        for (const auto& [source, spent] : sources) {
            joules += spent.joules;
            if (spent.seconds.value > 0)
                power += spent.joules / spent.seconds;
        }
        values[part + "_energy"] = numberText(energy::inKwh(joules * report.pue).value);
        values[part + "_power"] = numberText(power.value);
    }
    if (run.machine.threads > 0)
        values["cpu_count"] = std::to_string(run.machine.threads);
    if (run.machine.memory.value > 0)
        values["ram_total_size"] = numberText(run.machine.memory.value / (1024.0 * 1024 * 1024));
    if (report.grid.provider.empty()) {
        values["country_name"] = report.grid.place;
        values["country_iso_code"] = report.grid.code;
    } else {
        values["cloud_provider"] = report.grid.provider;
        values["cloud_region"] = report.grid.code;
        values["on_cloud"] = "Y";
    }
    return values;
}

} // namespace

std::string codeCarbonCsv(const CarbonReport& report) {
    const CsvRow heading(columns.begin(), columns.end());
    std::string text = csvLine(heading);
    for (const ReportedRun& run : report.runs) {
        const auto values = valuesOf(report, run);
        CsvRow row;
        for (const std::string& column : heading)
            row.push_back(values.contains(column) ? values.at(column) : "");
        text += csvLine(row);
    }
    return text;
}

} // namespace greenfront::formats
