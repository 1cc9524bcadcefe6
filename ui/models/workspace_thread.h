// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"
#include "ui/models/problem.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

namespace greenfront::ui {

/// The window's connection to a workspace, on a thread of its own so that no query stops the event loop.
/// Work runs there in order; the reply that it returns runs on the window's thread.
class WorkspaceThread : public QObject {
    Q_OBJECT

public:
    using Work = std::function<Reply(store::Workspace&)>;

    explicit WorkspaceThread(std::filesystem::path path, QObject* parent = nullptr);
    /// Drops what has not begun and waits for what has.
    ~WorkspaceThread() override;

    /// Work must not throw; see Question, which catches.
    void post(Work work);
    /// Nothing is under way and no reply is outstanding.
    bool isIdle() const { return outstanding_ == 0; }

signals:
    void opened();
    void failed(const greenfront::ui::Problem& problem);

private:
    void run();
    void serve(store::Workspace& workspace);
    std::optional<Work> next();

    std::filesystem::path path_;
    int outstanding_ = 0; ///< touched by the window's thread alone
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Work> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace greenfront::ui
