// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/workspace_thread.h"

#include <QMetaObject>

#include <optional>
#include <utility>

namespace greenfront::ui {

WorkspaceThread::WorkspaceThread(std::filesystem::path path, QObject* parent)
    : QObject(parent), path_(std::move(path)), thread_([this] { run(); }) {}

WorkspaceThread::~WorkspaceThread() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        queue_.clear();
    }
    wake_.notify_all();
    thread_.join();
}

void WorkspaceThread::post(Work work) {
    ++outstanding_;
    {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(work));
    }
    wake_.notify_all();
}

std::optional<WorkspaceThread::Work> WorkspaceThread::next() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_)
        return std::nullopt;
    Work work = std::move(queue_.front());
    queue_.pop_front();
    return work;
}

void WorkspaceThread::run() {
    try {
        auto workspace = store::Workspace::open(path_);
        QMetaObject::invokeMethod(
            this, [this] { emit opened(); }, Qt::QueuedConnection);
        serve(workspace);
    } catch (...) {
        const Problem problem = problemOf(std::current_exception());
        QMetaObject::invokeMethod(
            this, [this, problem] { emit failed(problem); }, Qt::QueuedConnection);
    }
}

void WorkspaceThread::serve(store::Workspace& workspace) {
    while (const auto work = next()) {
        Reply reply = (*work)(workspace);
        const auto deliver = [this, reply = std::move(reply)] {
            --outstanding_;
            if (reply)
                reply();
        };
        QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
    }
}

} // namespace greenfront::ui
