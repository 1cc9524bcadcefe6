// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/memory_limit.h"

namespace greenfront::device {
namespace {

std::optional<Excess> above(Bytes size, Bytes limit, const std::string& what, const std::string& where) {
    if (size <= limit)
        return std::nullopt;
    return Excess{size - limit,
                  what + " of " + toText(size) + " exceed the " + where + " of " + toText(limit)};
}

/// Batch norm folds into the convolution before it, and leaves a bias of one number a channel.
Bytes deployedWeights(const arch::Network& network) {
    constexpr double bytesPerNumber = 4;
    Bytes total;
    for (std::size_t i = 0; i < network.layers.size(); ++i)
        total += network.layers[i].op == arch::Op::BatchNorm
                     ? Bytes(network.layers[i].output.channels * bytesPerNumber)
                     : arch::layerCosts(network, i).weights;
    return total;
}

} // namespace

std::optional<Excess> excessOf(const arch::Network& network, const Profile& profile) {
    const Bytes weights = deployedWeights(network);
    const Bytes outputs = arch::networkCosts(network).peakMemory;
    if (profile.flash)
        if (auto excess = above(weights, *profile.flash, "its weights", "flash"))
            return excess;
    if (!(profile.memory.value > 0))
        return std::nullopt;
    return profile.flash
               ? above(outputs, profile.memory, "its largest outputs", "memory")
               : above(weights + outputs, profile.memory, "its weights and largest outputs", "memory");
}

} // namespace greenfront::device
