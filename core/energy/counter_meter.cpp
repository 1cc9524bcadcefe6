// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/counter_meter.h"

#include <algorithm>
#include <utility>

namespace greenfront::energy {
namespace {

Seconds wholeRange(const CounterScale& scale) {
    return Seconds(static_cast<double>(scale.range) * scale.joulesPerCount / scale.fastest.value);
}

Description withDeadline(Description description, const CounterScale& scale) {
    description.deadline = deadlineOf(scale);
    return description;
}

} // namespace

Seconds deadlineOf(const CounterScale& scale) {
    return std::min(Seconds(60), wholeRange(scale) / 2);
}

CounterMeter::CounterMeter(Description description, CounterScale scale, Read counter, std::uint64_t first,
                           Stopwatch now)
    : DescribedMeter(withDeadline(std::move(description), scale)),
      scale_(scale),
      counter_(std::move(counter)),
      now_(std::move(now)),
      last_(first),
      lastTime_(now_()) {}

std::optional<Joules> CounterMeter::read() {
    const auto count = counter_();
    if (!count || *count > scale_.range)
        return std::nullopt; // what it counts meanwhile comes with the next read
    const auto before = std::exchange(last_, *count);
    const auto time = now_();
    const auto unread = time - std::exchange(lastTime_, time);
    const auto wrapped = scale_.range - before + *count;
    const bool wasReset = *count < before && wrapped > scale_.range / 2;
    if (wasReset || unread > wholeRange(scale_)) {
        if (wasReset)
            total_ += *count; // it has counted that much since
        lost_ += unread;
        return std::nullopt;
    }
    total_ += *count >= before ? *count - before : wrapped;
    return Joules(static_cast<double>(total_) * scale_.joulesPerCount);
}

} // namespace greenfront::energy
