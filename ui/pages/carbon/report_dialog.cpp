// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/carbon/report_dialog.h"

#include "core/base/file.h"
#include "core/study/report.h"
#include "ui/models/suggestions.h"
#include "ui/models/texts.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <utility>

namespace greenfront::ui {

ReportDialog::ReportDialog(std::filesystem::path workspace, StudyId study, QWidget* parent)
    : QDialog(parent),
      workspace_(std::move(workspace)),
      study_(study),
      format_(new QComboBox),
      path_(new QLineEdit),
      write_(primaryButton(tr("Export"), "reportWrite", tr("Write the report"))),
      browse_(button(tr("Browse…"), "reportBrowse", tr("Choose where the file goes"))),
      folder_(button(tr("Show in folder"), "reportFolder", tr("Open the folder that the file is in"))),
      result_(new QLabel),
      banner_(new Banner),
      busy_(new BusyBar(task_)) {
    setObjectName(QStringLiteral("reportDialog"));
    setWindowTitle(tr("Export a carbon report"));
    setMinimumWidth(620);
    result_->setObjectName(QStringLiteral("reportResult"));
    result_->setWordWrap(true);
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    folder_->hide();
    auto* close = button(tr("Close"), "reportClose", tr("Close this dialog"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(folder_);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(write_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    layout->addWidget(banner_);
    layout->addWidget(makeFields());
    layout->addWidget(quietLabel(tr("What was recorded, under the study’s own assumptions. What is not known "
                                    "is left empty.")));
    layout->addWidget(busy_);
    layout->addWidget(result_);
    layout->addStretch();
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(write_, &QPushButton::clicked, this, &ReportDialog::write);
    connect(browse_, &QPushButton::clicked, this, &ReportDialog::browse);
    connect(format_, &QComboBox::currentIndexChanged, this, &ReportDialog::takeFormat);
    connect(folder_, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path_->text()).absolutePath()));
    });
    connect(&task_, &Task::failed, banner_, &Banner::report);
    connect(&task_, &Task::cancelled, this,
            [this] { result_->setText(tr("Cancelled; nothing was written.")); });
    connect(&task_, &Task::finished, this, [this] { setEditable(true); });
}

QWidget* ReportDialog::makeFields() {
    name(*format_, "reportFormat", tr("Format"), tr("The format of the report"));
    name(*path_, "reportPath", tr("File"), tr("The file that is written"));
    for (const auto format : formats::reportFormats())
        format_->addItem(qt(std::string(titleOf(format))), static_cast<int>(format));
    format_->setCurrentIndex(format_->findData(static_cast<int>(formats::ReportFormat::Html)));
    const QFileInfo workspace(fromPath(workspace_));
    path_->setText(QStringLiteral("%1/%2-carbon%3")
                       .arg(workspace.absolutePath(), workspace.completeBaseName(), ending()));
    auto* where = new QHBoxLayout;
    where->addWidget(path_, 1);
    where->addWidget(browse_);
    auto* fields = new QWidget;
    auto* form = new QFormLayout(fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(10);
    form->addRow(tr("F&ormat"), format_);
    form->addRow(tr("&File"), where);
    return fields;
}

formats::ReportFormat ReportDialog::format() const {
    return static_cast<formats::ReportFormat>(format_->currentData().toInt());
}

QString ReportDialog::ending() const {
    return qt(std::string(extensionOf(format())));
}

void ReportDialog::takeFormat() {
    const QFileInfo file(path_->text());
    path_->setText(file.path() + QLatin1Char('/') + file.completeBaseName() + ending());
}

void ReportDialog::browse() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export to"), path_->text());
    if (!path.isEmpty())
        path_->setText(withEnding(path, ending()));
}

void ReportDialog::write() {
    const QString path = withEnding(path_->text().trimmed(), ending());
    path_->setText(path);
    banner_->hide();
    result_->clear();
    folder_->hide();
    setEditable(false);
    busy_->setText(tr("Writing…"));
    task_.start([this, path, study = study_, file = workspace_, wanted = format()](Control&) -> Reply {
        auto workspace = store::Workspace::open(file, store::Access::ReadOnly);
        writeFile(toPath(path), formats::writeReport(study::reportOf(workspace, study), wanted));
        return [this, path] { written(path); };
    });
}

void ReportDialog::written(const QString& path) {
    result_->setText(tr("Written: %1").arg(QFileInfo(path).absoluteFilePath()));
    folder_->show();
}

void ReportDialog::setEditable(bool editable) {
    for (QWidget* control : std::initializer_list<QWidget*>{format_, path_, browse_, write_})
        control->setEnabled(editable);
}

} // namespace greenfront::ui
