// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/session.h"

#include "core/store/studies.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace greenfront::ui {

Session::Session(const std::filesystem::path& path, QObject* parent)
    : QObject(parent), path_(path), thread_(path) {
    reload_.setSingleShot(true);
    reload_.setInterval(std::chrono::seconds(1));
    connect(&reload_, &QTimer::timeout, this, &Session::reloadStudies);
    connect(&thread_, &WorkspaceThread::failed, this, &Session::failed);
    connect(&thread_, &WorkspaceThread::opened, this, [this] {
        jobs_ = std::make_unique<JobBoard>(path_);
        connect(jobs_.get(), &JobBoard::changed, this, [this] {
            emit jobsChanged();
            if (!reload_.isActive())
                reload_.start();
        });
        reloadStudies();
    });
}

void Session::reloadStudies() {
    studiesQuestion_.ask(
        thread_,
        [](store::Workspace& workspace) {
            return Found{loadStudies(workspace), loadTunings(workspace)};
        },
        [this](Found found) { takeStudies(std::move(found)); },
        [this](const Problem& what) { emit open_ ? problem(what) : failed(what); });
}

void Session::takeStudies(Found found) {
    studies_ = std::move(found.studies);
    searches_ = std::move(found.searches);
    if (findEntry(studies_, current_) == nullptr)
        current_ = studyToShow(studies_);
    if (!std::exchange(open_, true))
        emit opened();
    emit studiesChanged();
}

void Session::setCurrent(StudyId study) {
    if (current_ == study)
        return;
    current_ = study;
    emit currentChanged();
}

void Session::startStudy(const study::Study& study, const study::RunOptions& options) {
    startQuestion_.ask(
        thread_, [study](store::Workspace& workspace) { return study::putStudy(workspace, study); },
        [this, options](StudyId id) { startJob(id, false, options, report()); }, report());
}

void Session::startSearch(const SearchOrder& order, const ProblemSink& failed) {
    startQuestion_.ask(
        thread_, [order](store::Workspace& workspace) { return putSearch(workspace, order); },
        [this, failed](StudyId id) { startJob(id, true, {}, failed); }, failed);
}

void Session::start(StudyId study, const study::RunOptions& options) {
    const bool isSearch = std::ranges::find(searches_, study, &TuningEntry::id) != searches_.end();
    startJob(study, isSearch, options, report());
}

void Session::startJob(StudyId study, bool isSearch, const study::RunOptions& options,
                       const ProblemSink& failed) {
    try {
        jobs_->start(study, options);
        if (!isSearch)
            setCurrent(study);
        reloadStudies();
        if (isSearch)
            emit searchStarted(study);
        else
            emit studyStarted(options.timing.has_value());
    } catch (...) {
        failed(problemOf(std::current_exception()));
    }
}

void Session::rename(StudyId study, const QString& name) {
    const auto change = [study, name = name.toStdString()](store::Workspace& workspace) {
        store::renameStudy(workspace, study, name);
        return true;
    };
    renameQuestion_.ask(
        thread_, change, [this](bool) { reloadStudies(); },
        [this](const Problem& what) { emit problem(what); });
}

} // namespace greenfront::ui
