// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/thread_priority.h"

#include <sys/resource.h>

namespace greenfront {

void yieldToOtherThreads() {
    constexpr int niceness = 5;             // a third of the default's share
    setpriority(PRIO_PROCESS, 0, niceness); // on Linux: of the calling thread alone
}

} // namespace greenfront
