// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/job_board.h"
#include "ui/models/question.h"
#include "ui/models/recipe_search.h"
#include "ui/models/search_query.h"
#include "ui/models/studies.h"

#include <QObject>
#include <QTimer>

#include <filesystem>
#include <vector>

namespace greenfront::ui {

/// One open workspace: its connection, its jobs, its studies and the one that the pages show.
class Session : public QObject {
    Q_OBJECT

public:
    /// opened() or failed() follows; nothing may be asked before.
    explicit Session(const std::filesystem::path& path, QObject* parent = nullptr);

    const std::filesystem::path& path() const { return path_; }
    WorkspaceThread& thread() { return thread_; }
    JobBoard& jobs() { return *jobs_; }
    const std::vector<StudyEntry>& studies() const { return studies_; }
    /// For parameters.
    const std::vector<TuningEntry>& searches() const { return searches_; }
    StudyId current() const { return current_; }
    const StudyEntry* currentEntry() const { return findEntry(studies_, current_); }

    void setCurrent(StudyId study);
    /// Stores the study if it is new, then starts it.
    void startStudy(const study::Study& study, const study::RunOptions& options = {});
    /// Stores a search of parameters, then starts it; searchStarted() or `failed` follows.
    void startSearch(const SearchOrder& order, const ProblemSink& failed);
    /// Starts again, or takes up what was interrupted, whatever kind of study it is.
    void start(StudyId study, const study::RunOptions& options = {});
    void rename(StudyId study, const QString& name);
    void reloadStudies();

signals:
    void opened(); ///< studies() stands
    void failed(const greenfront::ui::Problem& problem);
    void problem(const greenfront::ui::Problem& problem);
    void currentChanged();
    void studiesChanged();
    void jobsChanged();              ///< at most ten times a second while a job runs
    void studyStarted(bool follows); ///< a job was put into the queue; it may have to wait for clean hours
    void searchStarted(greenfront::StudyId search);

private:
    struct Found {
        std::vector<StudyEntry> studies;
        std::vector<TuningEntry> searches;
    };
    void takeStudies(Found found);
    void startJob(StudyId study, bool isSearch, const study::RunOptions& options, const ProblemSink& failed);
    ProblemSink report() {
        return [this](const Problem& what) { emit problem(what); };
    }

    std::filesystem::path path_;
    WorkspaceThread thread_;
    std::unique_ptr<JobBoard> jobs_;
    std::vector<StudyEntry> studies_;
    std::vector<TuningEntry> searches_;
    StudyId current_;
    bool open_ = false;
    QTimer reload_;
    Question studiesQuestion_;
    Question startQuestion_;
    Question renameQuestion_;
};

} // namespace greenfront::ui
