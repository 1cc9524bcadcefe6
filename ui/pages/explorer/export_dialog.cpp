// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/explorer/export_dialog.h"

#include "core/study/results.h"
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

#include <array>
#include <utility>

namespace greenfront::ui {
namespace {

struct Offer {
    formats::Format format;
    const char* title;
};

constexpr std::array<Offer, 3> offers{
    {{formats::Format::Onnx, "ONNX – runs in ONNX Runtime and most others"},
     {formats::Format::TorchScript, "TorchScript – runs in PyTorch and LibTorch"},
     {formats::Format::Safetensors, "safetensors – weights only"}}};

QString endingOf(formats::Format format) {
    return qt(std::string(formats::extensionOf(format)));
}

} // namespace

ExportDialog::ExportDialog(std::filesystem::path workspace, StudyId study, CandidateId candidate,
                           QWidget* parent)
    : QDialog(parent),
      workspace_(std::move(workspace)),
      study_(study),
      candidate_(candidate),
      format_(new QComboBox),
      path_(new QLineEdit),
      export_(primaryButton(tr("Export"), "exportWrite", tr("Write the model file and its card"))),
      browse_(button(tr("Browse…"), "exportBrowse", tr("Choose where the file goes"))),
      folder_(button(tr("Show in folder"), "exportFolder", tr("Open the folder that the file is in"))),
      result_(new QLabel),
      banner_(new Banner),
      busy_(new BusyBar(task_)) {
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export candidate %1").arg(candidate.value));
    setMinimumWidth(620);
    result_->setObjectName(QStringLiteral("exportResult"));
    result_->setWordWrap(true);
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    folder_->hide();
    auto* close = button(tr("Close"), "exportClose", tr("Close this dialog"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(folder_);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(export_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    layout->addWidget(banner_);
    layout->addWidget(makeFields());
    layout->addWidget(quietLabel(tr("Beside it a model card (.md) is written: accuracy, latency, joules, "
                                    "grams, and how each was obtained.")));
    layout->addWidget(busy_);
    layout->addWidget(result_);
    layout->addStretch();
    layout->addLayout(buttons);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(export_, &QPushButton::clicked, this, &ExportDialog::write);
    connect(browse_, &QPushButton::clicked, this, &ExportDialog::browse);
    connect(format_, &QComboBox::currentIndexChanged, this, &ExportDialog::takeFormat);
    connect(folder_, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path_->text()).absolutePath()));
    });
    connect(&task_, &Task::failed, banner_, &Banner::report);
    connect(&task_, &Task::cancelled, this,
            [this] { result_->setText(tr("Cancelled; nothing was written.")); });
    connect(&task_, &Task::finished, this, [this] { setEditable(true); });
}

QWidget* ExportDialog::makeFields() {
    name(*format_, "exportFormat", tr("Format"), tr("The format of the model file"));
    name(*path_, "exportPath", tr("File"), tr("The file that is written"));
    for (const auto& offer : offers)
        format_->addItem(tr(offer.title));
    const QString folder = QFileInfo(fromPath(workspace_)).absolutePath();
    path_->setText(QStringLiteral("%1/candidate-%2%3")
                       .arg(folder, QString::number(candidate_.value), endingOf(format())));
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

formats::Format ExportDialog::format() const {
    return offers.at(static_cast<std::size_t>(format_->currentIndex())).format;
}

void ExportDialog::takeFormat() {
    const QFileInfo file(path_->text());
    path_->setText(file.path() + QLatin1Char('/') + file.completeBaseName() + endingOf(format()));
}

void ExportDialog::browse() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export to"), path_->text());
    if (!path.isEmpty())
        path_->setText(withEnding(path, endingOf(format())));
}

void ExportDialog::write() {
    const QString path = withEnding(path_->text().trimmed(), endingOf(format()));
    path_->setText(path);
    banner_->hide();
    result_->clear();
    folder_->hide();
    setEditable(false);
    busy_->setText(tr("Writing…"));
    const study::NetworkChoice choice{.study = study_, .genotype = {}, .candidate = candidate_};
    task_.start([this, path, choice, file = workspace_, wanted = format()](Control& control) -> Reply {
        auto workspace = store::Workspace::open(file);
        const auto found =
            study::chooseNetwork(workspace, choice.study, std::to_string(choice.candidate->value));
        study::exportNetwork(workspace, found, wanted, toPath(path), control);
        return [this, path] { written(path); };
    });
}

void ExportDialog::written(const QString& path) {
    result_->setText(tr("Written: %1").arg(QFileInfo(path).absoluteFilePath()));
    folder_->show();
}

void ExportDialog::setEditable(bool editable) {
    for (QWidget* control : std::initializer_list<QWidget*>{format_, path_, browse_, export_})
        control->setEnabled(editable);
}

} // namespace greenfront::ui
