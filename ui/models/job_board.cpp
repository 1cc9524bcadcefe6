// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/job_board.h"

#include <QMetaObject>

#include <algorithm>
#include <chrono>
#include <utility>

namespace greenfront::ui {

bool isActive(study::JobState state) {
    return state == study::JobState::Queued || state == study::JobState::Running ||
           state == study::JobState::Paused;
}

JobBoard::JobBoard(const std::filesystem::path& workspace, QObject* parent)
    : QObject(parent),
      queue_(std::make_unique<study::JobQueue>(workspace, [this](const study::JobInfo&) { told(); })) {
    bundle_.setSingleShot(true);
    bundle_.setInterval(std::chrono::milliseconds(100));
    connect(&bundle_, &QTimer::timeout, this, &JobBoard::changed);
}

JobBoard::~JobBoard() = default;

void JobBoard::told() {
    if (!posted_.exchange(true))
        QMetaObject::invokeMethod(this, &JobBoard::schedule, Qt::QueuedConnection);
}

void JobBoard::schedule() {
    posted_ = false;
    if (!bundle_.isActive())
        bundle_.start();
}

study::JobId JobBoard::start(StudyId study, study::RunOptions options) {
    const auto id = queue_->start(study, std::move(options));
    schedule();
    return id;
}

void JobBoard::cancel(study::JobId job) {
    queue_->cancel(job);
    schedule();
}

void JobBoard::pause(study::JobId job) {
    queue_->pause(job);
    schedule();
}

void JobBoard::resume(study::JobId job) {
    queue_->resume(job);
    schedule();
}

void JobBoard::cancelAll() {
    for (const auto& job : jobs())
        if (isActive(job.state))
            cancel(job.id);
}

bool JobBoard::isBusy() const {
    return std::ranges::any_of(jobs(), [](const auto& job) { return isActive(job.state); });
}

} // namespace greenfront::ui
