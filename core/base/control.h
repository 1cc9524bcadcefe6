// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <atomic>
#include <condition_variable>
#include <mutex>

namespace greenfront {

/// How another thread stops or halts a job. The job calls checkpoint() wherever it can stop cleanly.
class Control {
public:
    void requestCancel();
    /// The same for a signal handler, which must not lock: a paused job notices when it is resumed.
    void requestCancelFromSignal() noexcept { cancelled_.store(true); }
    void pause();
    void resume();

    bool cancelRequested() const noexcept { return cancelled_.load(); }
    bool paused() const noexcept { return paused_.load(); }

    /// Blocks while paused; throws Cancelled once a stop was asked for. Costs two atomic loads otherwise.
    void checkpoint();

private:
    std::atomic<bool> cancelled_{false};
    std::atomic<bool> paused_{false};
    std::mutex mutex_;
    std::condition_variable changed_;
};

} // namespace greenfront
