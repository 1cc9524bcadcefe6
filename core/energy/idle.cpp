// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/idle.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace greenfront::energy {

IdleBaseline idleFrom(std::span<const Reading> readings) {
    IdleBaseline baseline;
    for (const auto& reading : readings) {
        baseline.seconds = std::max(baseline.seconds, reading.seconds);
        const auto seen = reading.seconds - reading.unseen;
        if (seen > Seconds(0)) // `high` already allows for what was not seen
            baseline.sources.push_back({reading.source, reading.joules / seen, reading.low / seen,
                                        reading.high / reading.seconds, reading.method, reading.provenance});
    }
    return baseline;
}

IdleBaseline measureIdle(Recorder& recorder, Seconds duration, Control& control) {
    recorder.take();
    const auto end = steadySeconds() + duration;
    for (auto left = duration; left > Seconds(0); left = end - steadySeconds()) {
        control.checkpoint();
        std::this_thread::sleep_for(std::chrono::duration<double>(std::min(left.value, 0.1)));
    }
    return idleFrom(recorder.take());
}

std::optional<NetEnergy> netOf(const Reading& gross, const IdleBaseline& baseline) {
    const auto idle = std::ranges::find(baseline.sources, gross.source, &IdlePower::source);
    if (idle == baseline.sources.end() || !gross.known())
        return std::nullopt;
    const auto seen = gross.seconds - gross.unseen;
    return NetEnergy{gross.joules - idle->power * seen, gross.low - idle->high * seen,
                     gross.high - idle->low * seen};
}

} // namespace greenfront::energy
