// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/jobs.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <filesystem>
#include <memory>
#include <vector>

namespace greenfront::ui {

bool isActive(study::JobState state);

/// The job queue as the window sees it: what its worker tells is carried over to the window's thread, and
/// bundled to at most ten changes a second.
class JobBoard : public QObject {
    Q_OBJECT

public:
    explicit JobBoard(const std::filesystem::path& workspace, QObject* parent = nullptr);
    /// Waits for the clean point of what runs; see cancelAll() for not having to.
    ~JobBoard() override;

    study::JobId start(StudyId study, study::RunOptions options = {});
    void cancel(study::JobId job);
    void pause(study::JobId job);
    void resume(study::JobId job);
    void cancelAll();

    std::vector<study::JobInfo> jobs() const { return queue_->jobs(); }
    bool isBusy() const;

signals:
    void changed(); ///< a job, or what it has written

private:
    void told();
    void schedule();

    QTimer bundle_;
    std::atomic<bool> posted_{false};
    std::unique_ptr<study::JobQueue> queue_; ///< last: it ends first, and with it all calls of told()
};

} // namespace greenfront::ui
