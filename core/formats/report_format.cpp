// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/carbon_report.h"

#include <array>

namespace greenfront::formats {
namespace {

struct Writer {
    ReportFormat format;
    std::string_view name, title, extension;
    std::string (*write)(const CarbonReport&);
};

constexpr std::array<Writer, 6> writers{
    {{ReportFormat::CodeCarbonCsv, "codecarbon-csv", "Table with CodeCarbon's columns", ".csv",
      codeCarbonCsv},
     {ReportFormat::ModelCard, "model-card", "Hugging Face model card", ".md", carbonCard},
     {ReportFormat::MlCo2, "mlco2", "Statement after MLCO2", ".md", mlco2Statement},
     {ReportFormat::BoAmps, "boamps", "BoAmps record", ".json", boampsJson},
     {ReportFormat::Sci, "sci", "SCI report (ISO/IEC 21031)", ".md", sciReport},
     {ReportFormat::Html, "html", "Page with tables and pictures", ".html", htmlReport}}};

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

std::vector<ReportFormat> reportFormats() {
    std::vector<ReportFormat> formats;
    formats.reserve(writers.size());
    for (const Writer& writer : writers)
        formats.push_back(writer.format);
    return formats;
}

std::string_view titleOf(ReportFormat format) {
    return writerOf(format).title;
}

std::string_view extensionOf(ReportFormat format) {
    return writerOf(format).extension;
}

std::string writeReport(const CarbonReport& report, ReportFormat format) {
    return writerOf(format).write(report);
}

} // namespace greenfront::formats
