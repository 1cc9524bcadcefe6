// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>

namespace greenfront::device {

/// Keeps the calling thread on the processor that it runs on until the end of the scope: what another
/// processor's cache would have to learn again does not disturb a measurement. Threads that it starts
/// meanwhile stay there too, so it is for work of one thread.
class PinnedThread {
public:
    PinnedThread();
    ~PinnedThread();
    PinnedThread(const PinnedThread&) = delete;
    PinnedThread& operator=(const PinnedThread&) = delete;

    /// False where the system does not offer or allow it.
    bool isPinned() const { return before_ != nullptr; }

private:
    struct Allowed; ///< the processors before
    std::unique_ptr<Allowed> before_;
};

} // namespace greenfront::device
