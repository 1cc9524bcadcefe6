// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/write_dialog.h"

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

WriteDialog::WriteDialog(const Texts& texts, std::vector<Format> formats, std::size_t proposed, Write write,
                         QWidget* parent)
    : QDialog(parent),
      formats_(std::move(formats)),
      writeFile_(std::move(write)),
      format_(new QComboBox),
      path_(new QLineEdit),
      write_(primaryButton(tr("Export"), texts.name + "Write", texts.writeHelp)),
      browse_(button(tr("Browse…"), texts.name + "Browse", tr("Choose where the file goes"))),
      folder_(button(tr("Show in folder"), texts.name + "Folder", tr("Open the folder that the file is in"))),
      result_(new QLabel),
      banner_(new Banner),
      busy_(new BusyBar(task_)) {
    setObjectName(QString::fromUtf8(texts.name + "Dialog"));
    setWindowTitle(texts.title);
    setMinimumWidth(620);
    result_->setObjectName(QString::fromUtf8(texts.name + "Result"));
    result_->setWordWrap(true);
    result_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    folder_->hide();
    auto* close = button(tr("Close"), texts.name + "Close", tr("Close this dialog"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(folder_);
    buttons->addStretch();
    buttons->addWidget(close);
    buttons->addWidget(write_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    layout->addWidget(banner_);
    layout->addWidget(makeFields(texts));
    layout->addWidget(quietLabel(texts.remark));
    layout->addWidget(busy_);
    layout->addWidget(result_);
    layout->addStretch();
    layout->addLayout(buttons);
    format_->setCurrentIndex(static_cast<int>(proposed));
    path_->setText(texts.file + ending());
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(write_, &QPushButton::clicked, this, &WriteDialog::start);
    connect(browse_, &QPushButton::clicked, this, &WriteDialog::browse);
    connect(format_, &QComboBox::currentIndexChanged, this, &WriteDialog::takeFormat);
    connect(folder_, &QPushButton::clicked, this, [this] {
        QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path_->text()).absolutePath()));
    });
    connect(&task_, &Task::failed, banner_, &Banner::report);
    connect(&task_, &Task::cancelled, this,
            [this] { result_->setText(tr("Cancelled; nothing was written.")); });
    connect(&task_, &Task::finished, this, [this] { setEditable(true); });
}

QWidget* WriteDialog::makeFields(const Texts& texts) {
    name(*format_, texts.name + "Format", tr("Format"), texts.formatHelp);
    name(*path_, texts.name + "Path", tr("File"), tr("The file that is written"));
    for (const Format& format : formats_)
        format_->addItem(format.title);
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

std::size_t WriteDialog::format() const {
    return static_cast<std::size_t>(format_->currentIndex());
}

void WriteDialog::takeFormat() {
    const QFileInfo file(path_->text());
    path_->setText(file.path() + QLatin1Char('/') + file.completeBaseName() + ending());
}

void WriteDialog::browse() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export to"), path_->text());
    if (!path.isEmpty())
        path_->setText(withEnding(path, ending()));
}

void WriteDialog::start() {
    const QString path = withEnding(path_->text().trimmed(), ending());
    path_->setText(path);
    banner_->hide();
    result_->clear();
    folder_->hide();
    setEditable(false);
    busy_->setText(tr("Writing…"));
    task_.start([this, path, write = writeFile_, wanted = format()](Control& control) -> Reply {
        write(wanted, toPath(path), control);
        return [this, path] { written(path); };
    });
}

void WriteDialog::written(const QString& path) {
    result_->setText(tr("Written: %1").arg(QFileInfo(path).absoluteFilePath()));
    folder_->show();
}

void WriteDialog::setEditable(bool editable) {
    for (QWidget* control : std::initializer_list<QWidget*>{format_, path_, browse_, write_})
        control->setEnabled(editable);
}

} // namespace greenfront::ui
