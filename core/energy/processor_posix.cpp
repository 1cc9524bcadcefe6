// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/processor.h"

#include <ctime>

namespace greenfront::energy {

std::optional<Seconds> processorTime() {
    const auto ticks = std::clock(); // of all threads, as POSIX has it; other systems count elapsed time
    if (ticks == static_cast<std::clock_t>(-1))
        return std::nullopt;
    return Seconds(static_cast<double>(ticks) / CLOCKS_PER_SEC);
}

std::optional<Seconds> threadTime() {
    timespec time{};
    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0)
        return std::nullopt;
    return Seconds(static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9);
}

} // namespace greenfront::energy
