// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/jobs.h"
#include "ui/models/gap_monitor.h"
#include "ui/models/task.h"
#include "ui/widgets/theme.h"
#include "ui/window_actions.h"

#include <QMainWindow>
#include <QUndoStack>

#include <memory>
#include <set>
#include <vector>

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolBar;

namespace greenfront::ui {

class Banner;
class CarbonPage;
class ExplorerPage;
class JobsPage;
class Page;
class SearchPage;
class Session;
class StartPage;
class StudyPage;
class TrainingPage;

enum class PageIndex { Start, Study, Jobs, Training, Explorer, Search, Carbon, Sources };

/// The window: pages over one workspace at a time, and a status line that tells what runs.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QWidget* parent = nullptr);
    ~MainWindow() override;

    void openWorkspace(const QString& path);
    /// Makes the workspace with the built-in data first.
    void openNewWorkspace(const QString& path);
    void showPage(PageIndex page);
    /// The second part of the carbon page, or its first one.
    void showPredictions(bool shown);
    /// One of the sheets of the search page, from 0.
    void showSearchSheet(int sheet);
    /// One of the sheets of the dialog that begins a search, from 0, above its page; -1 for none.
    void showNewSearchSheet(int sheet);
    /// Above the study page.
    void showSpaceEditor(bool shown);
    void setTheme(Theme theme);
    void startStudy();
    /// A candidate is selected where there are some; for pictures of the pages.
    void selectSomething();

    bool isOpen() const { return session_ != nullptr; }
    /// The page shown has everything that it asked for.
    bool isSettled() const;
    QString problemText() const;
    /// Longest time that a running job kept the event loop from turning, ms; negative where no job ran.
    double longestGapMs() const;

signals:
    void opened();
    void openFailed();
    void becameIdle(); ///< the last running job has ended

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makePages();
    void makeToolBar();
    void makeStatusBar();
    void connectActions();
    void takeSession();
    void dropSession();
    void report(const Problem& problem);
    void updateStudies();
    void updateJobs();
    void reportFailures(const std::vector<study::JobInfo>& jobs);
    void updateEnabled();
    void updateIcons();
    void renameStudy();
    void saveCopy();
    void fit();
    void clearSelection();
    void restoreLayout();

    QUndoStack undo_;
    WindowActions actions_;
    Task task_; ///< makes a new workspace, copies one
    GapMonitor gaps_;
    Banner* banner_;
    QStackedWidget* stack_;
    StartPage* start_;
    StudyPage* study_;
    JobsPage* jobs_;
    TrainingPage* training_;
    ExplorerPage* explorer_;
    SearchPage* search_;
    CarbonPage* carbon_;
    std::vector<Page*> pages_;
    QComboBox* studies_;
    QLabel* running_;
    std::unique_ptr<Session> session_, opening_;
    std::set<study::JobId> failures_; ///< that were reported
    bool busy_ = false, closing_ = false;
};

} // namespace greenfront::ui
