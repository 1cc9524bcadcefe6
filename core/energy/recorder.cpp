// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/recorder.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace greenfront::energy {
namespace {

using Clock = std::chrono::steady_clock;

/// What is known of one meter within the current interval.
struct Count {
    Joules start; ///< the meter's own count when the interval began
    Joules latest;
    int gaps = 0;
};

std::optional<Joules> readOf(Meter& meter) {
    try {
        return meter.read();
    } catch (const std::exception&) {
        return std::nullopt; // a meter that fails is a gap, and no reason to end a run
    }
}

} // namespace

Joules total(const std::vector<Reading>& readings) {
    Joules sum;
    for (const auto& reading : readings)
        sum += reading.joules;
    return sum;
}

struct Recorder::State {
    Meters meters;
    std::vector<Count> counts;
    Clock::time_point start = Clock::now();
    bool stopping = false;
    std::mutex mutex; ///< of everything above
    std::condition_variable changed;
    std::thread thread;

    explicit State(Meters found) : meters(std::move(found)), counts(meters.usable.size()) {
        sample();
        for (auto& count : counts)
            count.start = count.latest;
    }

    void sample() {
        for (std::size_t i = 0; i < counts.size(); ++i) {
            // Where a read fails, the joules are not lost: the next one that succeeds counts them.
            if (const auto joules = readOf(*meters.usable[i]))
                counts[i].latest = *joules;
            else
                ++counts[i].gaps;
        }
    }

    std::vector<Reading> readings(Clock::time_point now) const {
        std::vector<Reading> list;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const auto& meter = *meters.usable[i];
            Reading reading;
            reading.source = meter.source();
            reading.method = meter.method();
            reading.provenance = meter.provenance();
            reading.seconds = Seconds(std::chrono::duration<double>(now - start).count());
            reading.joules = counts[i].latest - counts[i].start;
            reading.low = reading.joules * std::max(0.0, 1 - meter.uncertainty());
            reading.high = reading.joules * (1 + meter.uncertainty());
            reading.gaps = counts[i].gaps;
            list.push_back(std::move(reading));
        }
        return list;
    }

    void run(std::chrono::duration<double> interval) {
        std::unique_lock lock(mutex);
        while (!changed.wait_for(lock, interval, [this] { return stopping; }))
            sample();
    }
};

Recorder::Recorder(Meters meters, Seconds interval) : state_(std::make_unique<State>(std::move(meters))) {
    // Not less than the counters' own pace, and not a day.
    const std::chrono::duration<double> pace(std::clamp(interval.value, 0.001, 60.0));
    state_->thread = std::thread([state = state_.get(), pace] { state->run(pace); });
}

Recorder::~Recorder() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_all();
    state_->thread.join();
}

std::vector<Reading> Recorder::take() {
    const std::lock_guard lock(state_->mutex);
    state_->sample();
    const auto now = Clock::now();
    auto readings = state_->readings(now);
    for (auto& count : state_->counts) {
        count.start = count.latest;
        count.gaps = 0;
    }
    state_->start = now;
    return readings;
}

std::vector<Reading> Recorder::peek() {
    const std::lock_guard lock(state_->mutex);
    state_->sample();
    return state_->readings(Clock::now());
}

const std::vector<Unusable>& Recorder::unusable() const {
    return state_->meters.unusable;
}

} // namespace greenfront::energy
