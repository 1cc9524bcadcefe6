// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/progress.h"

namespace greenfront {

std::optional<Seconds> RemainingTime::estimate(double fraction) {
    const auto now = Clock::now();
    if (!start_) {
        start_ = now;
        startFraction_ = fraction;
    }
    const double done = fraction - startFraction_;
    if (done < 0.02)
        return std::nullopt;
    const double elapsed = std::chrono::duration<double>(now - *start_).count();
    return Seconds(elapsed * (1.0 - fraction) / done);
}

} // namespace greenfront
