// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/control.h"

#include "core/base/error.h"

namespace greenfront {

void Control::requestCancel() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    changed_.notify_all();
}

void Control::pause() {
    const std::lock_guard lock(mutex_);
    paused_ = true;
}

void Control::resume() {
    const std::lock_guard lock(mutex_);
    paused_ = false;
    changed_.notify_all();
}

void Control::checkpoint() {
    if (paused_ && !cancelled_) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return cancelled_ || !paused_; });
    }
    if (cancelled_)
        throw Cancelled();
}

} // namespace greenfront
