// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/device/latency.h"
#include "core/device/median_interval.h"

#include <algorithm>
#include <chrono>

namespace greenfront::device {
namespace {

constexpr std::size_t mostRepeats = 100'000; ///< bounds the memory for something that takes no time

std::string percent(double share) {
    return numberText(share * 100) + " %";
}

std::string methodText(const MedianInterval& interval, std::size_t repeats, const MeasureOptions& options) {
    std::string text = "median of " + std::to_string(repeats) + (repeats == 1 ? " run" : " runs") + " on " +
                       std::to_string(options.threads) + (options.threads == 1 ? " thread" : " threads");
    if (repeats < fewestForInterval)
        return text + ", stopped by the time limit with too few runs for a 95 % interval";
    const double halfWidth = (interval.high - interval.low) / 2;
    if (halfWidth <= options.precision * interval.median)
        return text + ", 95 % interval within " + percent(options.precision) + " of it";
    const double reached = interval.median > 0 ? halfWidth / interval.median : 1;
    return text + ", stopped by the time limit with a 95 % interval of " + fixedText(reached * 100, 1) +
           " % about it instead of " + percent(options.precision);
}

} // namespace

Seconds steadyTime() {
    return Seconds(
        std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count());
}

Latency measureLatency(const std::function<void()>& infer, const MeasureOptions& options, Control& control,
                       const Stopwatch& now) {
    const auto timed = [&] {
        control.checkpoint();
        const Seconds start = now();
        infer();
        return now() - start;
    };
    for (Seconds warm = timed(); warm < options.warmUp && warm.value > 0;)
        warm += timed();

    const auto fewest =
        std::max(fewestForInterval, static_cast<std::size_t>(std::max(0, options.minimumRepeats)));
    std::vector<double> samples;
    MedianInterval interval{};
    Seconds spent;
    std::size_t nextLook = fewest;
    for (bool done = false; !done;) {
        const Seconds sample = timed();
        samples.push_back(sample.value);
        spent += sample;
        const bool stop = spent >= options.limit || samples.size() >= mostRepeats;
        if (samples.size() < nextLook && !stop)
            continue;
        interval = medianInterval(samples);
        done = stop || interval.high - interval.low <= 2 * options.precision * interval.median;
        nextLook = samples.size() + 1 + samples.size() / 16; // looking sorts them, so not each time
    }
    return {.median = Seconds(interval.median),
            .low = Seconds(interval.low),
            .high = Seconds(interval.high),
            .repeats = static_cast<int>(samples.size()),
            .threads = options.threads,
            .provenance = Provenance::Measured,
            .method = methodText(interval, samples.size(), options)};
}

} // namespace greenfront::device
