// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/progress.h"
#include "core/base/units.h"
#include "core/study/timing.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace greenfront::study {

using JobId = Id<struct JobTag>;
enum class JobState { Queued, Running, Paused, Cancelled, Failed, Finished };
std::string_view toText(JobState state);

/// A job as its listeners see it: a value, safe to pass to another thread.
struct JobInfo {
    JobId id;
    StudyId study;
    std::string title;
    JobState state = JobState::Queued;
    Progress progress;
    std::string error; ///< of a failed job
};

/// Runs studies of one workspace, of either kind, one after the other on a worker thread with a connection of
/// its own.
class JobQueue {
public:
    /// Called on the worker's or the caller's thread whenever a job changes or has written to the workspace.
    using Listener = std::function<void(const JobInfo&)>;

    JobQueue(std::filesystem::path workspace, Listener listener);
    JobQueue(const JobQueue&) = delete;
    JobQueue& operator=(const JobQueue&) = delete;
    /// Cancels what runs and waits for its next clean point; the work is kept and can be resumed.
    ~JobQueue();

    /// Also resumes a study that was interrupted; the job of a study that is queued or running already is
    /// returned. options: of a supernet's study.
    JobId start(StudyId study, RunOptions options = {});
    void cancel(JobId job);
    void pause(JobId job);
    void resume(JobId job);
    std::vector<JobInfo> jobs() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace greenfront::study
