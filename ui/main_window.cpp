// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main_window.h"

#include "ui/models/job_rows.h"
#include "ui/models/new_workspace.h"
#include "ui/models/recent_files.h"
#include "ui/models/session.h"
#include "ui/models/suggestions.h"
#include "ui/models/texts.h"
#include "ui/pages/carbon/carbon_page.h"
#include "ui/pages/explorer/explorer_page.h"
#include "ui/pages/jobs/jobs_page.h"
#include "ui/pages/search/search_page.h"
#include "ui/pages/sources/sources_page.h"
#include "ui/pages/start/start_page.h"
#include "ui/pages/study/study_page.h"
#include "ui/pages/training/training_page.h"
#include "ui/rename_command.h"
#include "ui/widgets/banner.h"

#include <QCloseEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

/// The pictures lie in a static library, where nothing else would keep them. Qt's macro wants the global
/// namespace.
static void takeIcons() {
    Q_INIT_RESOURCE(icons);
}

namespace greenfront::ui {

MainWindow::MainWindow(QWidget* parent)
    : QMainWindow(parent), actions_(*this, undo_), banner_(new Banner), stack_(new QStackedWidget) {
    takeIcons();
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Greenfront"));
    makePages();
    makeToolBar();
    makeStatusBar();
    connectActions();
    connect(&task_, &Task::failed, this, &MainWindow::report);
    connect(&task_, &Task::failed, this, &MainWindow::openFailed);
    restoreLayout();
    updateEnabled();
    showPage(PageIndex::Start);
}

MainWindow::~MainWindow() {
    dropSession();
}

void MainWindow::makePages() {
    pages_ = {start_ = new StartPage,       study_ = new StudyPage,
              jobs_ = new JobsPage,         training_ = new TrainingPage,
              explorer_ = new ExplorerPage, search_ = new SearchPage,
              carbon_ = new CarbonPage,     new SourcesPage};
    for (Page* page : pages_) {
        stack_->addWidget(page);
        connect(page, &Page::problem, this, &MainWindow::report);
    }
    connect(start_, &StartPage::openRequested, this, &MainWindow::openWorkspace);
    auto* central = new QWidget;
    auto* layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(banner_);
    layout->addWidget(stack_, 1);
    setCentralWidget(central);
}

void MainWindow::openNewWorkspace(const QString& path) {
    const QString file = withEnding(path, QStringLiteral(".greenfront"));
    task_.start([this, file](Control& control) -> Reply {
        makeWorkspace(toPath(file), "builtin", control);
        return [this, file] { openWorkspace(file); };
    });
}

void MainWindow::openWorkspace(const QString& path) {
    if (session_ != nullptr && session_->jobs().isBusy()) {
        report({tr("A job is running in this workspace."),
                tr("Cancel it on the jobs page first, or wait until it is done.")});
        return;
    }
    banner_->hide();
    opening_ = std::make_unique<Session>(toPath(QFileInfo(path).absoluteFilePath()));
    connect(opening_.get(), &Session::opened, this, &MainWindow::takeSession);
    connect(opening_.get(), &Session::failed, this, [this](const Problem& problem) {
        report(problem);
        opening_.release()->deleteLater(); // it is what is calling
        emit openFailed();
    });
}

void MainWindow::takeSession() {
    dropSession();
    session_ = std::move(opening_);
    connect(session_.get(), &Session::problem, this, &MainWindow::report);
    connect(session_.get(), &Session::studiesChanged, this, &MainWindow::updateStudies);
    connect(session_.get(), &Session::studiesChanged, this, &MainWindow::updateJobs);
    connect(session_.get(), &Session::currentChanged, this, &MainWindow::updateStudies);
    connect(session_.get(), &Session::jobsChanged, this, &MainWindow::updateJobs);
    connect(session_.get(), &Session::studyStarted, this, [this](bool follows) {
        busy_ = true; // however soon it ends
        showPage(follows ? PageIndex::Jobs : PageIndex::Training);
    });
    connect(session_.get(), &Session::searchStarted, this, [this](StudyId search) {
        busy_ = true;
        search_->choose(search);
        showPage(PageIndex::Search);
    });
    for (Page* page : pages_)
        page->setSession(session_.get());
    const QString path = fromPath(session_->path());
    addRecentFile(path);
    setWindowTitle(QFileInfo(path).completeBaseName() + QStringLiteral(" – Greenfront"));
    setWindowFilePath(path);
    updateStudies();
    updateJobs();
    updateEnabled();
    const StudyEntry* entry = session_->currentEntry();
    showPage(entry != nullptr && entry->finished  ? PageIndex::Explorer
             : entry != nullptr && entry->begun() ? PageIndex::Jobs
             : !session_->searches().empty()      ? PageIndex::Search
                                                  : PageIndex::Study);
    emit opened();
}

void MainWindow::dropSession() {
    undo_.clear();
    failures_.clear();
    for (Page* page : pages_)
        page->setSession(nullptr);
    session_.reset();
}

void MainWindow::report(const Problem& problem) {
    banner_->report(problem);
}

void MainWindow::showPage(PageIndex page) {
    const int index = static_cast<int>(page);
    stack_->setCurrentIndex(index);
    actions_.pages.at(static_cast<std::size_t>(index))->setChecked(true);
}

void MainWindow::showPredictions(bool shown) {
    carbon_->showPredictions(shown);
}

void MainWindow::showSearchSheet(int sheet) {
    search_->showSheet(sheet);
}

void MainWindow::showNewSearchSheet(int sheet) {
    search_->showNewSearchSheet(sheet);
}

void MainWindow::showSpaceEditor(bool shown) {
    study_->showSpaceEditor(shown);
}

void MainWindow::startStudy() {
    study_->start();
}

void MainWindow::selectSomething() {
    explorer_->selectSomething();
}

bool MainWindow::isSettled() const {
    return opening_ == nullptr && !task_.isRunning() &&
           pages_.at(static_cast<std::size_t>(stack_->currentIndex()))->isSettled();
}

QString MainWindow::problemText() const {
    return banner_->text();
}

double MainWindow::longestGapMs() const {
    return gaps_.hasMeasured() ? gaps_.longestMs() : -1;
}

void MainWindow::renameStudy() {
    const StudyEntry* entry = session_ != nullptr ? session_->currentEntry() : nullptr;
    if (entry == nullptr)
        return;
    const QString before = entry->name();
    bool accepted = false;
    const QString after =
        QInputDialog::getText(this, tr("Rename the study"), tr("Name"), QLineEdit::Normal, before, &accepted)
            .trimmed();
    if (accepted && !after.isEmpty() && after != before && session_ != nullptr)
        undo_.push(new RenameCommand(*session_, session_->current(), before, after)); // the stack owns it
}

void MainWindow::saveCopy() {
    if (session_ == nullptr || task_.isRunning())
        return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a copy of the workspace"), QString(),
                                                      tr("Greenfront workspaces (*.greenfront)"));
    if (path.isEmpty())
        return;
    const auto target = toPath(withEnding(path, QStringLiteral(".greenfront")));
    task_.start([this, from = session_->path(), target](Control&) -> Reply {
        store::Workspace::open(from, store::Access::ReadOnly).saveAs(target);
        return [this, target] { running_->setText(tr("Saved a copy as %1").arg(fromPath(target))); };
    });
}

void MainWindow::fit() {
    training_->fit();
    explorer_->fit();
    search_->fit();
}

void MainWindow::clearSelection() {
    explorer_->select(std::nullopt);
    search_->clearSelection();
}

void MainWindow::setTheme(Theme theme) {
    applyTheme(theme);
    actions_.themes.at(static_cast<std::size_t>(theme))->setChecked(true);
    updateIcons();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    QSettings settings;
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("state"), saveState());
    if (session_ == nullptr || !session_->jobs().isBusy()) {
        QMainWindow::closeEvent(event);
        return;
    }
    // The work stops at its next clean point; updateJobs() closes the window then.
    event->ignore();
    closing_ = true;
    session_->jobs().cancelAll();
    setEnabled(false);
    updateJobs();
}

} // namespace greenfront::ui
