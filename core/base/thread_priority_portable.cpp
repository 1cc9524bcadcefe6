// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/thread_priority.h"

namespace greenfront {

void yieldToOtherThreads() {}

} // namespace greenfront
