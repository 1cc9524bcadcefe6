// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/network_profile.h"

#include "core/device/median_interval.h"

#include <algorithm>
#include <cmath>

namespace greenfront::device {
namespace {

constexpr double mostChange = 1.05;  ///< of the anchor's time within a burst
constexpr double mostSlowness = 1.5; ///< of the machine, to be scaled away
constexpr int anchorsAtFirst = 101;

} // namespace

Anchor arithmeticAnchor() {
    return [sink = std::vector<double>(4096, 1.0)]() mutable {
        const Seconds start = steadyTime();
        for (int round = 0; round < 64; ++round)
            for (double& value : sink)
                value = value * 0.999 + 0.001;
        return steadyTime() - start;
    };
}

/// Runs that happened close to each other.
struct Profiler::Burst {
    double slowness = 1; ///< anchor's time to the first ones
    double change = 1;   ///< of the anchor's time, at least 1
    std::vector<double> whole;
    std::vector<std::vector<double>> units; ///< [run][unit, then the call]

    bool counts() const { return change <= mostChange && slowness <= mostSlowness; }
    /// At the speed that the machine had at first.
    void scale() {
        for (double& time : whole)
            time /= slowness;
        for (std::vector<double>& run : units)
            for (double& time : run)
                time /= slowness;
    }
};

/// Those that count; where none does, the steadier half has to do.
template <class Burst>
std::vector<Burst> countedOf(std::vector<Burst> bursts) {
    if (std::ranges::any_of(bursts, &Burst::counts)) {
        std::erase_if(bursts, [](const Burst& burst) { return !burst.counts(); });
    } else {
        std::ranges::sort(bursts, {}, &Burst::change);
        bursts.resize((bursts.size() + 1) / 2);
    }
    return bursts;
}

Profiler::Profiler(Prepare prepare, ProfileOptions options, Anchor anchor, Stopwatch now)
    : prepare_(std::move(prepare)), options_(options), anchor_(std::move(anchor)), now_(std::move(now)) {
    std::vector<double> first(anchorsAtFirst);
    std::ranges::generate(first, [this] { return anchor_().value; });
    reference_ = Seconds(medianInterval(first).median);
}

double Profiler::busyShare() const {
    return runs_ > 0 ? static_cast<double>(runs_ - counted_) / static_cast<double>(runs_) : 0;
}

Profiler::Burst Profiler::burstOf(const Runnable& runnable, const NetworkProfile& profile, bool units,
                                  Control& control) {
    std::vector<std::size_t> unitOf(runnable.network.layers.size(), profile.units.size());
    for (std::size_t u = 0; u < profile.units.size(); ++u)
        for (const std::size_t layer : profile.units[u].layers)
            unitOf[layer] = u;
    Burst burst;
    const Seconds before = anchor_();
    Seconds spent;
    do {
        control.checkpoint();
        const Seconds start = now_();
        runnable.run({});
        burst.whole.push_back((now_() - start).value);
        spent += Seconds(burst.whole.back());
        if (!units)
            continue;
        std::vector<double>& times = burst.units.emplace_back(profile.units.size() + 1, 0.0);
        const Seconds begin = now_();
        Seconds last = begin;
        runnable.run([&](std::size_t layer) {
            const Seconds at = now_();
            times[unitOf[layer]] += (at - last).value;
            last = at;
        });
        const Seconds end = now_();
        times.back() += (end - last).value;
        spent += end - begin;
    } while (spent < options_.burst && burst.whole.size() < 1000);
    const Seconds after = anchor_();
    burst.slowness = (before + after) / (2 * reference_);
    burst.change = std::max(before, after) / std::min(before, after);
    burst.scale();
    return burst;
}

/// Enough runs in bursts that count, and their median known well enough?
bool Profiler::isEnough(const std::vector<Burst>& bursts) const {
    std::vector<double> whole;
    for (const Burst& burst : bursts)
        if (burst.counts())
            whole.insert(whole.end(), burst.whole.begin(), burst.whole.end());
    if (static_cast<int>(whole.size()) < std::max(1, options_.fewest))
        return false;
    const auto interval = medianInterval(whole);
    return interval.high - interval.low <= 2 * options_.precision * interval.median;
}

void Profiler::summarise(NetworkProfile& profile, const std::vector<Burst>& bursts, bool units) {
    std::vector<double> whole;
    std::vector<std::vector<double>> byUnit(units ? profile.units.size() + 1 : 0);
    for (const Burst& burst : bursts) {
        whole.insert(whole.end(), burst.whole.begin(), burst.whole.end());
        for (const auto& times : burst.units)
            for (std::size_t u = 0; u < byUnit.size(); ++u)
                byUnit[u].push_back(times[u]);
    }
    const auto interval = medianInterval(whole);
    profile.whole = Seconds(interval.median);
    profile.low = Seconds(interval.low);
    profile.high = Seconds(interval.high);
    profile.runs = static_cast<int>(whole.size());
    for (std::vector<double>& times : byUnit)
        profile.unitTimes.emplace_back(medianInterval(times).median);
    if (units) {
        profile.call = profile.unitTimes.back();
        profile.unitTimes.pop_back();
    }
}

NetworkProfile Profiler::measure(const arch::Network& network, bool units, Control& control) {
    const Runnable runnable = prepare_(network);
    NetworkProfile profile;
    profile.units = fusedUnits(runnable.network);
    const Seconds start = now_();
    Seconds warm;
    do {
        control.checkpoint();
        runnable.run({});
        warm = now_() - start;
    } while (warm < options_.warmUp && warm.value > 0);
    std::vector<Burst> bursts;
    constexpr std::size_t most = 1000; // bounds the memory for something that takes no time
    Seconds spent;
    do {
        bursts.push_back(burstOf(runnable, profile, units, control));
        spent = now_() - start - warm;
    } while (spent < options_.limit && bursts.size() < most && !isEnough(bursts));
    for (const Burst& burst : bursts)
        runs_ += static_cast<long>(burst.whole.size());
    bursts = countedOf(std::move(bursts));
    summarise(profile, bursts, units);
    counted_ += profile.runs;
    return profile;
}

} // namespace greenfront::device
