// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/carbon_report.h"

#include <array>

namespace greenfront::formats {
namespace {

struct Writer {
    ReportFormat format;
    std::string_view name;
    std::string (*write)(const CarbonReport&);
};

constexpr std::array<Writer, 6> writers{{{ReportFormat::CodeCarbonCsv, "codecarbon-csv", codeCarbonCsv},
                                         {ReportFormat::ModelCard, "model-card", carbonCard},
                                         {ReportFormat::MlCo2, "mlco2", mlco2Statement},
                                         {ReportFormat::BoAmps, "boamps", boampsJson},
                                         {ReportFormat::Sci, "sci", sciReport},
                                         {ReportFormat::Html, "html", htmlReport}}};

const Writer& writerOf(ReportFormat format) {
    return writers.at(static_cast<std::size_t>(format));
}

} // namespace

ReportFormat reportFormatFrom(std::string_view text) {
    std::string known;
    for (const Writer& writer : writers) {
        if (writer.name == text)
            return writer.format;
        known += (known.empty() ? "" : ", ") + std::string(writer.name);
    }
    throw Error("write", "a report as '" + std::string(text) + "'", "there is no such format",
                "Known are " + known);
}

std::string_view toText(ReportFormat format) {
    return writerOf(format).name;
}

std::string writeReport(const CarbonReport& report, ReportFormat format) {
    return writerOf(format).write(report);
}

} // namespace greenfront::formats
