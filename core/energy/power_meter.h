// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/meter.h"

#include <functional>
#include <optional>

namespace greenfront::energy {

/// Joules from a power that is sampled: the trapezoid between each two samples.
class PowerMeter final : public DescribedMeter {
public:
    using Read = std::function<std::optional<Watts>()>;

    PowerMeter(Description description, Read power, Stopwatch now = steadySeconds);

    /// A sample that fails, is negative or beyond 100 kW leaves a gap from the one before to the one after.
    std::optional<Joules> read() override;
    Seconds lost() const override { return lost_; }

private:
    std::optional<Watts> sample() const;

    Read power_;
    Stopwatch now_;
    Seconds lastTime_;
    std::optional<Watts> last_;
    Joules total_;
    Seconds lost_;
};

} // namespace greenfront::energy
