// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>

namespace greenfront::energy {

/// What a counter counts in, and where it starts again from 0.
struct CounterScale {
    static constexpr std::uint64_t endless = std::numeric_limits<std::int64_t>::max();
    double joulesPerCount = 1e-6;
    std::uint64_t range = endless;
    /// More than it can ever count in a second: what tells how long it may go unread.
    Watts fastest{1000};
};

/// How long such a counter may go unread: half its range at its fastest, and at most a minute.
Seconds deadlineOf(const CounterScale& scale);

/// A counter that is read often enough that less than half of its range passes between two reads.
class CounterMeter final : public DescribedMeter {
public:
    using Read = std::function<std::optional<std::uint64_t>()>;

    /// `first`: what the counter shows now. The description's deadline is set from the scale.
    CounterMeter(Description description, CounterScale scale, Read counter, std::uint64_t first,
                 Stopwatch now = steadySeconds);

    /// A counter that went back by less than half its range was reset: what it had counted since the last
    /// read is lost, which is a gap, and it goes on from there. So is what an unread time may have wrapped
    /// away.
    std::optional<Joules> read() override;
    Seconds lost() const override { return lost_; }

private:
    CounterScale scale_;
    Read counter_;
    Stopwatch now_;
    std::uint64_t last_;
    Seconds lastTime_;
    std::uint64_t total_ = 0; ///< in the counter's own unit
    Seconds lost_;
};

} // namespace greenfront::energy
