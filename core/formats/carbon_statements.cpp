// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/formats/carbon_report.h"
#include "core/formats/encode.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace greenfront::formats {
namespace {

constexpr double gramsPerKilogram = 1000.0;

/// A string that is the same in JSON and YAML.
std::string inQuotes(std::string_view text) {
    return Json(cleanText(text)).dump();
}

std::string joined(const std::set<std::string>& parts) {
    return join(std::vector<std::string>(parts.begin(), parts.end()), ", ");
}

std::string sourcesOf(const CarbonReport& report) {
    std::set<std::string> sources;
    for (const ReportedRun& run : report.runs)
        for (const ReportedEnergy& row : run.energy)
            sources.insert(row.source + " (" + std::string(toText(row.provenance)) + ")");
    return joined(sources);
}

std::string hardwareOf(const CarbonReport& report) {
    std::set<std::string> machines;
    for (const ReportedRun& run : report.runs)
        if (!run.machine.processor.empty())
            machines.insert(
                run.machine.processor +
                (run.machine.threads > 0 ? ", " + std::to_string(run.machine.threads) + " threads" : ""));
    return joined(machines);
}

std::string placeOf(const energy::GridIntensity& grid) {
    return grid.place + (grid.provider.empty() ? "" : " (" + grid.provider + " " + grid.code + ")");
}

std::string cell(std::string_view text) {
    std::string result;
    for (const char c : cleanText(text))
        result += c == '|' ? "\\|" : c == '\n' || c == '\r' ? " " : c == '<' ? "&lt;" : std::string(1, c);
    return result;
}

std::string rangeText(const energy::CarbonRange& range) {
    return toText(range.value) + " (" + toText(range.low) + " to " + toText(range.high) + ")";
}

} // namespace

std::string carbonCard(const CarbonReport& report) {
    std::string text = "---\nco2_eq_emissions:\n";
    if (!sourcesOf(report).empty())
        text += "  emissions: " + shortText(report.carbon.value.value) + "\n  source: " +
                inQuotes("Greenfront; energy: " + sourcesOf(report) + "; PUE " + numberText(report.pue) +
                         "; " + describe(report.grid)) +
                "\n";
    text += "  training_type: \"pre-training\"\n";
    if (!report.grid.place.empty())
        text += "  geographical_location: " + inQuotes(placeOf(report.grid)) + "\n";
    if (!hardwareOf(report).empty())
        text += "  hardware_used: " + inQuotes(hardwareOf(report)) + "\n";
    text += "---\n\n## Carbon\n\nOperational, over every run of the study: **" + rangeText(report.carbon) +
            "**, " + std::string(toText(report.provenance)) + " energy.\n\n" +
            "| Run | Phase | Source | Energy | From | To | Provenance |\n"
            "| --- | --- | --- | ---: | ---: | ---: | --- |\n";
    for (const ReportedRun& run : report.runs)
        for (const ReportedEnergy& row : run.energy)
            text += "| " + cell(run.kind + " " + run.subject) + " | " + cell(row.phase) + " | " +
                    cell(row.source) + " | " + toText(row.joules) + " | " + toText(row.low) + " | " +
                    toText(row.high) + " | " + std::string(toText(row.provenance)) + " |\n";
    return text;
}

std::string mlco2Statement(const CarbonReport& report) {
    const std::string hardware = hardwareOf(report);
    std::string where = "on infrastructure at a place that was not recorded";
    if (!report.grid.provider.empty())
        where = "in the cloud region " + report.grid.code + " of " + report.grid.provider;
    else if (!report.grid.place.empty())
        where = "in " + report.grid.place;
    const double kilograms = report.carbon.value.value / gramsPerKilogram;
    return "The experiments ran " + where + ", whose electricity has a carbon efficiency of " +
           shortText(report.grid.value.value / gramsPerKilogram) + " kgCO2eq/kWh (" + describe(report.grid) +
           "). A cumulative " + shortText(report.seconds.value / 3600.0) + " hours of computation used " +
           shortText(energy::inKwh(report.joules.value).value) + " kWh (" +
           std::string(toText(report.provenance)) + ", PUE " + numberText(report.pue) + ")" +
           (hardware.empty() ? "" : " on hardware of type " + hardware) +
           ". Total emissions are estimated to be " + shortText(kilograms) +
           " kgCO2eq, of which none is known to have been offset. These are the statements "
           "that Lacoste et al. (2019, arXiv:1910.09700) ask for; the figures are Greenfront's own.\n";
}

std::string sciReport(const CarbonReport& report) {
    std::string text = "# Software Carbon Intensity of " + cell(report.project) +
                       "\n\nSCI = ((E x I) + M) per R, after ISO/IEC 21031:2024. Made with Greenfront, " +
                       report.created + ".\n";
    if (report.scores.empty())
        text += "\nNo energy is recorded from which a score could be computed.\n";
    for (const energy::SciScore& score : report.scores) {
        text += "\n## " + std::string(score.complete ? "SCI" : "O per R, without M") + ": " +
                toText(score.score.value) + " per " + std::string(titleOf(score.input.unit)) +
                "\n\n| | |\n| --- | --- |\n";
        for (const auto& [title, value] : score.disclosures)
            text += "| " + cell(title) + " | " + cell(value) + " |\n";
    }
    return text;
}

} // namespace greenfront::formats
