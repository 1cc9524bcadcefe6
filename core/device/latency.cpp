// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/latency.h"

#include "core/base/error.h"
#include "core/device/median_interval.h"

#include <algorithm>

namespace greenfront::device {
namespace {

using arch::Op;

/// What runtimes compute while a convolution's result is still in registers.
bool fusesBehindConvolution(Op op) {
    return op == Op::BatchNorm || op == Op::Relu || op == Op::HardSwish || op == Op::HardSigmoid;
}

/// For each layer whether it is computed together with the convolution before it.
std::vector<bool> fusedLayers(const arch::Network& network) {
    std::vector<int> readers(network.layers.size(), 0);
    for (const arch::Layer& layer : network.layers)
        for (const int input : layer.inputs)
            ++readers[static_cast<std::size_t>(input)];
    std::vector<bool> fused(network.layers.size(), false);
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const arch::Layer& layer = network.layers[i];
        if (!fusesBehindConvolution(layer.op) || layer.inputs.empty())
            continue;
        const auto before = static_cast<std::size_t>(layer.inputs.front());
        const bool convolves = network.layers[before].op == Op::Conv || fused[before];
        fused[i] = convolves && readers[before] == 1;
    }
    return fused;
}

Seconds layerTime(const arch::Network& network, std::size_t index, const Profile& profile) {
    const arch::Costs costs = arch::layerCosts(network, index);
    const double arithmetic = 2 * costs.macs / (profile.peakGflops * 1e9 * profile.efficiency);
    const Bytes moved = costs.peakMemory + costs.weights; // reads its inputs and weights, writes its output
    const double memory = moved.value / (profile.bandwidthGBs * 1e9);
    return Seconds(std::max(arithmetic, memory)) + profile.overhead;
}

} // namespace

std::string_view toText(LatencySource source) {
    switch (source) {
    case LatencySource::MeasuredNetworks:
        return "measured networks";
    case LatencySource::MeasuredBlocks:
        return "measured blocks";
    case LatencySource::Regressors:
        return "regressors";
    case LatencySource::Roofline:
        break;
    }
    return "roofline";
}

Latency estimateLatency(const arch::Network& network, const Profile& profile) {
    if (!hasSpeed(profile))
        throw Error("estimate latency on", profile.title, "its speed is not described",
                    "Measure there, or choose a described device");
    const auto fused = fusedLayers(network);
    Seconds total;
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        if (network.layers[i].op != Op::Input && !fused[i])
            total += layerTime(network, i, profile);
    return {.median = total,
            .low = total * 0.5,
            .high = total * 2,
            .repeats = 0,
            .threads = profile.threads,
            .provenance = Provenance::Estimated,
            .method = "roofline of " + profile.title + " layer by layer, fp32, batch 1, " +
                      std::to_string(profile.threads) + (profile.threads == 1 ? " thread" : " threads") +
                      "; taken to be right within a factor of 2",
            .source = LatencySource::Roofline};
}

Metric latencyMetric(const Latency& latency) {
    constexpr double toMilliseconds = 1e3;
    Metric metric{.name = "latency_ms",
                  .value = latency.median.value * toMilliseconds,
                  .unit = "ms",
                  .direction = Direction::Minimise,
                  .provenance = latency.provenance,
                  .low = {},
                  .high = {},
                  .method = latency.method};
    // The range of a few runs is no interval, and a single run would look certain; so would a table of
    // others.
    const bool few = static_cast<std::size_t>(std::max(0, latency.repeats)) < fewestForInterval;
    if (latency.provenance != Provenance::Imported && !(latency.provenance == Provenance::Measured && few)) {
        metric.low = latency.low.value * toMilliseconds;
        metric.high = latency.high.value * toMilliseconds;
    }
    return metric;
}

} // namespace greenfront::device
