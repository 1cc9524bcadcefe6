// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/recorder.h"

#include "core/energy/processor.h"
#include "core/energy/track.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <iterator>
#include <mutex>
#include <thread>

namespace greenfront::energy {
namespace {

/// Of a core, with something left to the promised 0.5 %.
constexpr double allowedShare = 0.004;

bool active(const std::vector<Track>& tracks, const std::string& source) {
    return std::ranges::any_of(
        tracks, [&](const Track& track) { return !track.retired() && track.meter().source() == source; });
}

} // namespace

Joules total(const std::vector<Reading>& readings) {
    Joules sum;
    for (const auto& reading : readings)
        sum += reading.joules;
    return sum;
}

std::string methodWithGaps(const Reading& reading) {
    if (reading.gaps == 0 && reading.unseen <= Seconds(0))
        return reading.method;
    return reading.method + "; " + std::to_string(reading.gaps) + " reads failed, " + toText(reading.unseen) +
           " of " + toText(reading.seconds) + " not seen";
}

MeterSupply machineMeters(const MeterOptions& options) {
    return {[options] { return findMeters(options); }, sourcesFingerprint};
}

struct Recorder::State {
    MeterSupply supply; ///< empty where the meters stay what they are
    std::string fingerprint;
    std::vector<Track> tracks, overlapping;
    std::vector<Unusable> unusable;
    SamplingCost cost;
    Seconds begin = steadySeconds();
    bool stopping = false;
    mutable std::mutex mutex; ///< of everything above
    std::condition_variable changed;
    std::thread thread;

    void adopt(Meters found) {
        const auto now = steadySeconds();
        for (auto& meter : found.usable)
            tracks.emplace_back(std::move(meter), now);
        for (auto& one : found.overlapping)
            overlapping.emplace_back(std::move(one.meter), now, std::move(one.with));
        unusable = std::move(found.unusable);
    }

    /// Meters of a source that was there before go on; the others change places.
    void replace(Meters found) {
        const auto now = steadySeconds();
        sample(now);
        for (auto& track : tracks)
            if (std::ranges::none_of(found.usable, [&](const auto& meter) {
                    return meter->source() == track.meter().source();
                }))
                track.retire(now);
        std::erase_if(found.usable, [&](const auto& meter) { return active(tracks, meter->source()); });
        std::erase_if(found.overlapping,
                      [&](const auto& one) { return active(overlapping, one.meter->source()); });
        adopt(std::move(found));
    }

    void lookAgain() {
        if (auto now = supply.fingerprint(); now != fingerprint) {
            fingerprint = std::move(now);
            replace(supply.find());
        }
    }

    void sample(Seconds now) {
        for (auto& track : tracks)
            if (!track.retired())
                track.sample(now);
        for (auto& track : overlapping)
            track.sample(now);
        ++cost.samples;
    }

    std::vector<Reading> readings(Seconds now) const {
        std::vector<Reading> list;
        std::ranges::transform(tracks, std::back_inserter(list),
                               [now](const Track& track) { return track.reading(now); });
        return list;
    }

    /// Until the next sample: the wanted interval, longer where a sample costs much, but never so long that a
    /// counter could wrap unseen.
    Seconds pause(Seconds interval, Seconds sampleCost) const {
        auto wait = std::max(interval, sampleCost / allowedShare);
        for (const auto* list : {&tracks, &overlapping})
            for (const auto& track : *list)
                wait = std::min(wait, track.meter().deadline());
        return std::clamp(wait, Seconds(0.001), Seconds(60));
    }

    void run(Seconds interval, Seconds lookEvery) {
        std::unique_lock lock(mutex);
        const auto threadStart = threadTime().value_or(Seconds(0));
        auto lastLook = steadySeconds();
        Seconds sampleCost(0);
        while (!changed.wait_for(lock, std::chrono::duration<double>(pause(interval, sampleCost).value),
                                 [this] { return stopping; })) {
            const auto before = threadTime().value_or(Seconds(0));
            const auto now = steadySeconds();
            sample(now);
            if (supply.find && now - lastLook >= lookEvery) {
                lastLook = now;
                lookAgain();
            }
            const auto after = threadTime().value_or(Seconds(0));
            sampleCost = after - before;
            cost.processor = after - threadStart;
        }
    }

    void start(Seconds interval, Seconds lookEvery) {
        thread = std::thread([=, this] { run(interval, lookEvery); });
    }
};

Recorder::Recorder(Meters meters, Seconds interval) : state_(std::make_unique<State>()) {
    state_->adopt(std::move(meters));
    state_->start(interval, Seconds(0));
}

Recorder::Recorder(MeterSupply supply, Seconds interval, Seconds lookAgain)
    : state_(std::make_unique<State>()) {
    state_->supply = std::move(supply);
    state_->fingerprint = state_->supply.fingerprint();
    state_->adopt(state_->supply.find());
    state_->start(interval, lookAgain);
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
    const auto now = steadySeconds();
    state_->sample(now);
    auto readings = state_->readings(now);
    std::erase_if(state_->tracks, [](const Track& track) { return track.retired(); });
    for (auto& track : state_->tracks)
        track.startInterval(now);
    return readings;
}

std::vector<Reading> Recorder::peek() {
    const std::lock_guard lock(state_->mutex);
    const auto now = steadySeconds();
    state_->sample(now);
    return state_->readings(now);
}

std::vector<Recorder::Overlap> Recorder::overlapping() {
    const std::lock_guard lock(state_->mutex);
    const auto now = steadySeconds();
    state_->sample(now);
    std::vector<Overlap> parts;
    for (const auto& track : state_->overlapping)
        parts.push_back({track.reading(now), track.with()});
    return parts;
}

std::vector<Unusable> Recorder::unusable() const {
    const std::lock_guard lock(state_->mutex);
    return state_->unusable;
}

SamplingCost Recorder::cost() const {
    const std::lock_guard lock(state_->mutex);
    auto cost = state_->cost;
    cost.elapsed = steadySeconds() - state_->begin;
    return cost;
}

} // namespace greenfront::energy
