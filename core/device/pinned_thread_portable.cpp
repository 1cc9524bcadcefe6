// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/pinned_thread.h"

namespace greenfront::device {

struct PinnedThread::Allowed {};

PinnedThread::PinnedThread() = default;
PinnedThread::~PinnedThread() = default;

} // namespace greenfront::device
