// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/pinned_thread.h"

#include <sched.h>

#include <utility>

namespace greenfront::device {

struct PinnedThread::Allowed {
    cpu_set_t processors;
};

PinnedThread::PinnedThread() {
    auto before = std::make_unique<Allowed>();
    const int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof(cpu_set_t), &before->processors) != 0)
        return;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(here), &one);
    if (sched_setaffinity(0, sizeof one, &one) == 0)
        before_ = std::move(before);
}

PinnedThread::~PinnedThread() {
    if (before_)
        sched_setaffinity(0, sizeof(cpu_set_t), &before_->processors);
}

} // namespace greenfront::device
