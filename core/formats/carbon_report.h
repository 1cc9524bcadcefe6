// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/energy/sci.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::formats {

/// What one source counted in one phase of a run.
struct ReportedEnergy {
    std::string phase, source, method;
    Provenance provenance = Provenance::Measured;
    Seconds seconds;
    Joules joules, low, high;
};

/// The machine that a run ran on, as it was recorded then. What was not recorded is empty or 0.
struct ReportedMachine {
    std::string os, processor;
    int threads = 0;
    Bytes memory;
};

struct ReportedRun {
    std::string id, kind, subject, started; ///< started: ISO 8601
    Seconds seconds;
    std::vector<ReportedEnergy> energy;
    energy::EnergyRange joules;
    energy::CarbonRange carbon; ///< operational, with PUE
    ReportedMachine machine;
    std::string version; ///< of Greenfront
};

/// One network, for the picture of the HTML page.
struct ReportedPoint {
    std::string name;
    double x = 0, y = 0;
    bool onFront = false;
};

struct ReportedFront {
    std::string device, xTitle, yTitle;
    std::vector<ReportedPoint> points;
};

/// Everything that a report may say. Unknown fields are empty, and stay so in the report.
struct CarbonReport {
    std::string study, project, created; ///< the study's number and name; ISO 8601
    std::vector<ReportedRun> runs;
    energy::EnergyRange joules;
    energy::CarbonRange carbon;
    Seconds seconds;
    Provenance provenance = Provenance::Measured; ///< of the energy as a whole
    energy::GridIntensity grid;
    double pue = 1;
    std::string dataName, dataKind;
    double samples = 0, parameters = 0, epochs = 0; ///< parameters: of the largest network
    std::optional<double> accuracy;                 ///< percent, the best network's
    std::string framework, frameworkVersion;
    std::vector<energy::SciScore> scores;
    std::vector<ReportedFront> fronts;
};

enum class ReportFormat { CodeCarbonCsv, ModelCard, MlCo2, BoAmps, Sci, Html };
std::vector<ReportFormat> reportFormats();
/// What it is, for a person: "CodeCarbon's table (CSV)".
std::string_view titleOf(ReportFormat format);
/// Of the file: ".csv"
std::string_view extensionOf(ReportFormat format);
/// "codecarbon-csv", "model-card", "mlco2", "boamps", "sci", "html"; throws Error that lists them.
ReportFormat reportFormatFrom(std::string_view text);
std::string_view toText(ReportFormat format);
/// The whole file.
std::string writeReport(const CarbonReport& report, ReportFormat format);

/// A record a run after CodeCarbon's columns in their order: RFC 4180, energy in kWh with PUE as CodeCarbon
/// counts it, emissions in kg, power in W. Sources that are neither processor, memory nor GPU count in
/// energy_consumed only.
std::string codeCarbonCsv(const CarbonReport& report);
/// YAML front matter of Hugging Face's model cards, emissions in grams, and the same in a table.
std::string carbonCard(const CarbonReport& report);
/// A paragraph with what Lacoste et al. 2019 (MLCO2) ask to be stated.
std::string mlco2Statement(const CarbonReport& report);
/// BoAmps (Boavizta), energy in kWh; the fields that its schemas require are all there.
std::string boampsJson(const CarbonReport& report);
/// Markdown with each score and all that ISO/IEC 21031 wants disclosed.
std::string sciReport(const CarbonReport& report);
/// One page without scripts or anything from elsewhere; pictures are inline SVG.
std::string htmlReport(const CarbonReport& report);

} // namespace greenfront::formats
