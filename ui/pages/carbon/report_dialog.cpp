// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/report_dialog.h"

#include "core/base/file.h"
#include "core/formats/carbon_report.h"
#include "core/study/report.h"
#include "ui/models/texts.h"

#include <QFileInfo>

#include <algorithm>

namespace greenfront::ui {

WriteDialog* makeReportDialog(const std::filesystem::path& workspace, StudyId study, QWidget* parent) {
    const auto all = formats::reportFormats();
    std::vector<WriteDialog::Format> formats;
    formats.reserve(all.size());
    for (const auto format : all)
        formats.push_back({qt(std::string(titleOf(format))), qt(std::string(extensionOf(format)))});
    const auto html = std::ranges::find(all, formats::ReportFormat::Html) - all.begin();
    const QFileInfo file(fromPath(workspace));
    const WriteDialog::Texts texts{
        .name = "report",
        .title = WriteDialog::tr("Export a carbon report"),
        .formatHelp = WriteDialog::tr("The format of the report"),
        .writeHelp = WriteDialog::tr("Write the report"),
        .remark = WriteDialog::tr("What was recorded, under the study’s own assumptions. What is not known "
                                  "is left empty."),
        .file = QStringLiteral("%1/%2-carbon").arg(file.absolutePath(), file.completeBaseName())};
    const auto write = [workspace, study, all](std::size_t format, const std::filesystem::path& path,
                                               Control&) {
        auto own = store::Workspace::open(workspace, store::Access::ReadOnly);
        writeFile(path, formats::writeReport(study::reportOf(own, study), all[format]));
    };
    return new WriteDialog(texts, std::move(formats), static_cast<std::size_t>(html), write, parent);
}

} // namespace greenfront::ui
