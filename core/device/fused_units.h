// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <array>
#include <string>
#include <vector>

namespace greenfront::device {

/// What is computed in one go, and the block that latencies are measured by: a convolution or linear layer
/// with the batch norm (which folds into it) and the activations behind it that alone read it; any other
/// layer on its own. Two units of the same description take the same time wherever they stand.
struct FusedUnit {
    std::vector<std::size_t> layers; ///< of the network, in order; empty for a unit without one
    std::string kind;                ///< "pointwise", "depthwise", "conv", "linear", "add", "scale", ...
    Shape input, output;
    int kernel = 1, stride = 1, groups = 1;
    std::string then; ///< the activations behind it, such as "relu"; joined by '+'

    /// "pointwise 16x32x32 > 96x32x32 k1 s1 g1 relu"
    std::string key() const;
    double macs() const;        ///< multiply-accumulates for one sample
    double bytes() const;       ///< read and written, fp32, one sample, without weights
    double weightBytes() const; ///< fp32
};

/// In the order of execution; the input belongs to none. The same for a network with its batch norms and with
/// them folded.
std::vector<FusedUnit> fusedUnits(const arch::Network& network);
/// SHA-256 of the units' keys: networks of the same key take the same time.
std::string networkKey(const std::vector<FusedUnit>& units);

} // namespace greenfront::device
