// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/start/start_page.h"

#include "ui/models/new_workspace.h"
#include "ui/models/recent_files.h"
#include "ui/models/suggestions.h"
#include "ui/models/texts.h"
#include "ui/widgets/busy_bar.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/texts.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace greenfront::ui {
namespace {

const QString builtin = QStringLiteral("builtin");

QString workspaceFilter() {
    return StartPage::tr("Greenfront workspaces (*.greenfront);;All files (*)");
}

} // namespace

StartPage::StartPage(QWidget* parent)
    : Page(parent),
      data_(new QLineEdit(builtin)),
      path_(new QLineEdit),
      create_(primaryButton(tr("Create workspace"), "newCreate",
                            tr("Read the data and make a workspace with a study ready to start"))),
      recent_(new QListWidget),
      busy_(new BusyBar(task_)) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(40);
    columns->addWidget(makeNewBox(), 3);
    columns->addWidget(makeOpenBox(), 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(40, 36, 40, 24);
    layout->setSpacing(6);
    layout->addWidget(titleLabel(tr("Greenfront")));
    layout->addWidget(
        quietLabel(tr("Pick, for each device, the model whose accuracy, latency and carbon suit it best.")));
    layout->addSpacing(28);
    layout->addLayout(columns, 1);
    connect(&task_, &Task::failed, this, &Page::problem);
    connect(&task_, &Task::started, this, &StartPage::updateCreate);
    connect(&task_, &Task::finished, this, &StartPage::updateCreate);
    setData(builtin);
}

QWidget* StartPage::makeNewBox() {
    name(*data_, "newData", tr("Data set"),
         tr("A file, a folder, or builtin: the data set that Greenfront draws itself"));
    name(*path_, "newPath", tr("Workspace file"), tr("The file that will hold everything of this project"));
    auto* builtIn = button(tr("Built-in"), "newBuiltin", tr("Use the data set that Greenfront draws itself"));
    auto* file = button(tr("File…"), "newFile", tr("Choose a USPS or IDX file"));
    auto* folder = button(tr("Folder…"), "newFolder",
                          tr("Choose a folder with USPS, MNIST or CIFAR files, or with images by class"));
    auto* browse = button(tr("Browse…"), "newBrowse", tr("Choose where the workspace is kept"));
    connect(builtIn, &QPushButton::clicked, this, [this] { setData(builtin); });
    connect(file, &QPushButton::clicked, this, &StartPage::chooseDataFile);
    connect(folder, &QPushButton::clicked, this, &StartPage::chooseDataFolder);
    connect(browse, &QPushButton::clicked, this, &StartPage::chooseNewPath);
    connect(create_, &QPushButton::clicked, this, &StartPage::create);
    connect(data_, &QLineEdit::textChanged, this, &StartPage::updateCreate);
    connect(path_, &QLineEdit::textChanged, this, &StartPage::updateCreate);

    auto* sources = new QHBoxLayout;
    for (auto* source : {builtIn, file, folder})
        sources->addWidget(source);
    sources->addStretch();
    auto* where = new QHBoxLayout;
    where->addWidget(path_, 1);
    where->addWidget(browse);

    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(headingLabel(tr("New from data")));
    layout->addWidget(fieldLabel(tr("&Data set"), *data_));
    layout->addWidget(data_);
    layout->addLayout(sources);
    layout->addWidget(quietLabel(tr(
        "USPS rows, IDX (MNIST), CIFAR-10/100 binary files, or a folder of PNG and JPEG images by class.")));
    layout->addSpacing(10);
    layout->addWidget(fieldLabel(tr("&Workspace file"), *path_));
    layout->addLayout(where);
    layout->addSpacing(14);
    layout->addWidget(create_, 0, Qt::AlignLeft);
    layout->addWidget(busy_);
    layout->addStretch();
    return box;
}

QWidget* StartPage::makeOpenBox() {
    name(*recent_, "recentList", tr("Recent workspaces"), tr("Double-click to open"));
    recent_->setSpacing(4);
    auto* open = button(tr("Open workspace…"), "openButton", tr("Open a workspace file (Ctrl+O)"));
    connect(open, &QPushButton::clicked, this, &StartPage::chooseWorkspace);
    connect(recent_, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem* item) { emit openRequested(item->data(Qt::UserRole).toString()); });
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(headingLabel(tr("Open")));
    layout->addWidget(open, 0, Qt::AlignLeft);
    layout->addSpacing(10);
    layout->addWidget(fieldLabel(tr("&Recent"), *recent_));
    layout->addWidget(recent_, 1);
    return box;
}

void StartPage::refresh() {
    recent_->clear();
    for (const auto& path : recentFiles()) {
        const QFileInfo file(path);
        auto* item = new QListWidgetItem(file.completeBaseName() + QStringLiteral("\n") + file.absolutePath(),
                                         recent_);
        item->setData(Qt::UserRole, path);
        item->setToolTip(path);
    }
}

void StartPage::setData(const QString& source) {
    data_->setText(source);
    path_->setText(suggestedWorkspace(source));
}

void StartPage::chooseDataFile() {
    const QString path = QFileDialog::getOpenFileName(this, tr("Choose a data file"));
    if (!path.isEmpty())
        setData(path);
}

void StartPage::chooseDataFolder() {
    const QString path = QFileDialog::getExistingDirectory(this, tr("Choose a folder of data"));
    if (!path.isEmpty())
        setData(path);
}

void StartPage::chooseNewPath() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("New workspace"), path_->text(), workspaceFilter());
    if (!path.isEmpty())
        path_->setText(path);
}

void StartPage::chooseWorkspace() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a workspace"), QString(), workspaceFilter());
    if (!path.isEmpty())
        emit openRequested(path);
}

void StartPage::focusNew() {
    data_->setFocus(Qt::ShortcutFocusReason);
    data_->selectAll();
}

void StartPage::updateCreate() {
    create_->setEnabled(!task_.isRunning() && !data_->text().trimmed().isEmpty() &&
                        !path_->text().trimmed().isEmpty());
}

void StartPage::create() {
    const QString path = withEnding(path_->text().trimmed(), QStringLiteral(".greenfront"));
    const std::string source = data_->text().trimmed().toStdString();
    busy_->setText(tr("Reading the data…"));
    task_.start([this, path, source](Control& control) -> Reply {
        makeWorkspace(toPath(path), source, control);
        return [this, path] { emit openRequested(path); };
    });
}

} // namespace greenfront::ui
