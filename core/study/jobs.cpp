// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/jobs.h"

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/thread_priority.h"
#include "core/store/studies.h"
#include "core/study/study.h"
#include "core/study/tune.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace greenfront::study {

std::string_view toText(JobState state) {
    static constexpr std::array<std::string_view, 6> names{"queued",    "running", "paused",
                                                           "cancelled", "failed",  "finished"};
    return names[static_cast<std::size_t>(state)];
}

namespace {

store::StudyRow rowOf(store::Workspace& workspace, StudyId study) {
    if (auto row = store::findStudy(workspace, study))
        return *row;
    throw Error("start", "study " + std::to_string(study.value), "the workspace has no such study");
}

} // namespace

struct JobQueue::State {
    struct Job {
        JobInfo info;
        Control control;
        RunOptions options;
    };

    std::filesystem::path workspace;
    Listener listener;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::vector<std::shared_ptr<Job>> jobs;
    bool closing = false;
    std::thread worker;

    std::shared_ptr<Job> find(JobId id) const {
        const std::lock_guard lock(mutex);
        const auto found = std::ranges::find_if(jobs, [&](const auto& job) { return job->info.id == id; });
        return found == jobs.end() ? nullptr : *found;
    }

    /// Changes a job under the lock and tells the listener outside of it.
    template <class Change>
    void update(Job& job, const Change& change) {
        JobInfo copy;
        {
            const std::lock_guard lock(mutex);
            change(job.info);
            copy = job.info;
        }
        listener(copy);
    }

    std::shared_ptr<Job> nextQueued() {
        std::unique_lock lock(mutex);
        for (;;) {
            if (closing)
                return nullptr;
            const auto found = std::ranges::find_if(
                jobs, [](const auto& job) { return job->info.state == JobState::Queued; });
            if (found != jobs.end())
                return *found;
            changed.wait(lock);
        }
    }

    /// The boundary at which a job's errors stop: they are recorded, never thrown on.
    void run(Job& job) {
        update(job, [](JobInfo& info) { info.state = JobState::Running; });
        JobState end = JobState::Finished;
        std::string message;
        try {
            const ProgressSink tell = [&](const Progress& progress) {
                update(job, [&](JobInfo& info) { info.progress = progress; });
            };
            auto own = store::Workspace::open(workspace);
            if (rowOf(own, job.info.study).kind == store::tuningKind)
                runTuning(own, job.info.study, job.control, tell);
            else
                runStudy(own, job.info.study, job.control, tell, job.options);
        } catch (const Cancelled&) {
            end = JobState::Cancelled;
        } catch (const std::exception& error) {
            end = JobState::Failed;
            message = error.what();
        }
        update(job, [&](JobInfo& info) {
            info.state = end;
            info.error = message;
        });
    }

    void work() {
        yieldToOtherThreads();
        while (const auto job = nextQueued())
            run(*job);
    }
};

JobQueue::JobQueue(std::filesystem::path workspace, Listener listener) : state_(std::make_unique<State>()) {
    state_->workspace = std::move(workspace);
    state_->listener = std::move(listener);
    state_->worker = std::thread([state = state_.get()] { state->work(); });
}

JobQueue::~JobQueue() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->closing = true;
        for (const auto& job : state_->jobs)
            job->control.requestCancel();
        state_->changed.notify_all();
    }
    state_->worker.join();
}

JobId JobQueue::start(StudyId study, RunOptions options) {
    std::string title;
    {
        auto workspace = store::Workspace::open(state_->workspace, store::Access::ReadOnly);
        title = rowOf(workspace, study).name;
    }
    auto job = std::make_shared<State::Job>();
    {
        const std::lock_guard lock(state_->mutex);
        for (const auto& other : state_->jobs)
            if (other->info.study == study && other->info.state <= JobState::Paused)
                return other->info.id;
        job->info.id = JobId{static_cast<std::int64_t>(state_->jobs.size()) + 1};
        job->info.study = study;
        job->info.title = title;
        job->options = std::move(options);
        state_->jobs.push_back(job);
    }
    state_->update(*job, [](JobInfo&) {});
    state_->changed.notify_all();
    return job->info.id;
}

void JobQueue::cancel(JobId id) {
    const auto job = state_->find(id);
    if (!job)
        return;
    job->control.requestCancel();
    state_->update(*job, [](JobInfo& info) {
        if (info.state == JobState::Queued)
            info.state = JobState::Cancelled;
    });
}

void JobQueue::pause(JobId id) {
    const auto job = state_->find(id);
    if (!job)
        return;
    job->control.pause();
    state_->update(*job, [](JobInfo& info) {
        if (info.state == JobState::Running)
            info.state = JobState::Paused;
    });
}

void JobQueue::resume(JobId id) {
    const auto job = state_->find(id);
    if (!job)
        return;
    job->control.resume();
    state_->update(*job, [](JobInfo& info) {
        if (info.state == JobState::Paused)
            info.state = JobState::Running;
    });
}

std::vector<JobInfo> JobQueue::jobs() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<JobInfo> infos;
    for (const auto& job : state_->jobs)
        infos.push_back(job->info);
    return infos;
}

} // namespace greenfront::study
