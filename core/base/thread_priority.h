// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront {

/// Lets other threads go first when there are more than processors, such as the window's while a job runs.
/// Threads that this one starts later do the same. Best effort: it does nothing where the system has no such
/// thing.
void yieldToOtherThreads();

} // namespace greenfront
