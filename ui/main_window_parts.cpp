// SPDX-License-Identifier: GPL-3.0-or-later
// The bars of the main window, and what keeps them up to date.
#include "ui/main_window.h"

#include "ui/models/job_rows.h"
#include "ui/models/session.h"
#include "ui/models/texts.h"
#include "ui/pages/carbon/carbon_page.h"
#include "ui/pages/explorer/explorer_page.h"
#include "ui/pages/search/search_page.h"
#include "ui/pages/start/start_page.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QMessageBox>
#include <QSettings>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>

namespace greenfront::ui {
namespace {

const QString themeKey = QStringLiteral("theme");

} // namespace

void MainWindow::makeToolBar() {
    auto* side = new QToolBar(tr("Pages"));
    side->setObjectName(QStringLiteral("pagesBar"));
    side->setMovable(false);
    side->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    side->setIconSize(QSize(22, 22));
    side->setContextMenuPolicy(Qt::PreventContextMenu);
    for (auto* action : actions_.pages) {
        side->addAction(action);
        side->widgetForAction(action)->setMinimumWidth(76);
        side->widgetForAction(action)->setMinimumHeight(58);
        side->widgetForAction(action)->setObjectName(action->objectName() + QStringLiteral("Button"));
    }
    addToolBar(Qt::LeftToolBarArea, side);
}

void MainWindow::makeStatusBar() {
    running_ = new QLabel;
    running_->setObjectName(QStringLiteral("statusRunning"));
    running_->setTextFormat(Qt::PlainText);
    running_->setMinimumWidth(10); // a long line is cut rather than widening the window
    studies_ = new QComboBox;
    studies_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    name(*studies_, "studyChoice", tr("Study"), tr("Which study of the workspace the pages show"));
    statusBar()->addWidget(running_, 1);
    statusBar()->addPermanentWidget(fieldLabel(tr("Study"), *studies_));
    statusBar()->addPermanentWidget(studies_);
}

void MainWindow::connectActions() {
    for (std::size_t i = 0; i < actions_.pages.size(); ++i)
        connect(actions_.pages[i], &QAction::triggered, this,
                [this, i] { showPage(static_cast<PageIndex>(i)); });
    for (std::size_t i = 0; i < actions_.themes.size(); ++i)
        connect(actions_.themes[i], &QAction::triggered, this, [this, i] {
            setTheme(static_cast<Theme>(i));
            QSettings().setValue(themeKey, toText(static_cast<Theme>(i)));
        });
    connect(actions_.newWorkspace, &QAction::triggered, this, [this] {
        showPage(PageIndex::Start);
        start_->focusNew();
    });
    connect(actions_.open, &QAction::triggered, this, [this] {
        showPage(PageIndex::Start);
        start_->chooseWorkspace();
    });
    connect(actions_.saveAs, &QAction::triggered, this, &MainWindow::saveCopy);
    connect(actions_.quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_.rename, &QAction::triggered, this, &MainWindow::renameStudy);
    connect(actions_.start, &QAction::triggered, this, [this] {
        showPage(PageIndex::Study);
        startStudy();
    });
    connect(actions_.newSearch, &QAction::triggered, this, [this] {
        showPage(PageIndex::Search);
        search_->showNewSearch();
    });
    connect(actions_.exportModel, &QAction::triggered, explorer_, &ExplorerPage::exportSelected);
    connect(actions_.exportReport, &QAction::triggered, carbon_, &CarbonPage::exportReport);
    connect(actions_.clearSelection, &QAction::triggered, this, &MainWindow::clearSelection);
    connect(actions_.fit, &QAction::triggered, this, &MainWindow::fit);
    connect(actions_.about, &QAction::triggered, this, [this] {
        QMessageBox::about(
            this, tr("About Greenfront"),
            tr("<h3>Greenfront %1</h3><p>Pick, for each device, the model whose accuracy, latency and "
               "carbon suit it best.</p><p>Licence: GPL-3.0-or-later.</p>")
                .arg(QCoreApplication::applicationVersion()));
    });
    connect(studies_, &QComboBox::activated, this, [this](int index) {
        if (session_ != nullptr)
            session_->setCurrent(StudyId{studies_->itemData(index).toLongLong()});
    });
}

void MainWindow::updateStudies() {
    const QSignalBlocker quiet(studies_);
    const auto& entries = session_->studies();
    const int count = static_cast<int>(entries.size());
    while (studies_->count() > count) // changed in place, so that an open list stays open
        studies_->removeItem(studies_->count() - 1);
    while (studies_->count() < count)
        studies_->addItem({});
    for (int i = 0; i < count; ++i) {
        const auto& entry = entries[static_cast<std::size_t>(i)];
        studies_->setItemText(i, QStringLiteral("%1 (%2)").arg(entry.name()).arg(entry.id.value));
        studies_->setItemData(i, QVariant::fromValue<qint64>(entry.id.value));
    }
    studies_->setCurrentIndex(studies_->findData(QVariant::fromValue<qint64>(session_->current().value)));
    updateEnabled();
}

void MainWindow::updateJobs() {
    if (session_ == nullptr)
        return;
    const auto jobs = session_->jobs().jobs();
    const bool wasBusy = busy_;
    busy_ = session_->jobs().isBusy();
    gaps_.setMeasuring(busy_);
    const QString text = runningText(jobs, session_->studies(), session_->searches());
    running_->setText(
        closing_ ? tr("Closing: waiting for the clean point of what runs, so that it can be resumed…")
                 : text);
    running_->setToolTip(text);
    reportFailures(jobs);
    if (wasBusy && !busy_)
        emit becameIdle();
    if (closing_ && !busy_)
        close();
}

/// Each once, on whatever page it happens.
void MainWindow::reportFailures(const std::vector<study::JobInfo>& jobs) {
    for (const study::JobInfo& job : jobs)
        if (job.state == study::JobState::Failed && failures_.insert(job.id).second)
            report({tr("“%1” has failed.").arg(qt(job.title)), qt(job.error)});
}

void MainWindow::updateEnabled() {
    const bool isOpened = session_ != nullptr;
    for (auto* action : {actions_.saveAs, actions_.rename, actions_.start, actions_.newSearch,
                         actions_.exportModel, actions_.exportReport})
        action->setEnabled(isOpened);
    studies_->setEnabled(isOpened && studies_->count() > 0);
}

void MainWindow::updateIcons() {
    for (auto* action : actions_.pages)
        action->setIcon(symbol(action->data().toString()));
}

void MainWindow::restoreLayout() {
    const QSettings settings;
    resize(1360, 860);
    restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
    restoreState(settings.value(QStringLiteral("state")).toByteArray());
    setTheme(themeFrom(settings.value(themeKey).toString()));
}

} // namespace greenfront::ui
