// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/power_meter.h"

#include <utility>

namespace greenfront::energy {

PowerMeter::PowerMeter(Description description, Read power, Stopwatch now)
    : DescribedMeter(std::move(description)),
      power_(std::move(power)),
      now_(std::move(now)),
      lastTime_(now_()),
      last_(sample()) {}

std::optional<Watts> PowerMeter::sample() const {
    constexpr Watts implausible(100e3);
    const auto power = power_();
    return power && *power >= Watts(0) && *power < implausible ? power : std::nullopt;
}

std::optional<Joules> PowerMeter::read() {
    const auto power = sample();
    const auto time = now_();
    const auto elapsed = time - std::exchange(lastTime_, time);
    const auto before = std::exchange(last_, power);
    if (power && before)
        total_ += (*before + *power) / 2 * elapsed;
    else
        lost_ += elapsed;
    return power ? std::optional(total_) : std::nullopt;
}

} // namespace greenfront::energy
