// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::nn {

/// The part of a shared weight [..][sharedIn][taps] that a dense convolution uses.
struct PackedShape {
    std::size_t out = 0, in = 0, sharedIn = 0, taps = 0;
    std::size_t size() const { return out * in * taps; }
};

// Dense convolutions work on a copy with channels last, [out][taps][in], so that columns are made of whole
// pixels. Copying the weights is far less work than making the columns.

void packWeight(const PackedShape& shape, const float* shared, float* packed);
/// Adds a gradient of the copy to one of the shared weight.
void addUnpacked(const PackedShape& shape, const float* packed, float* shared);

} // namespace greenfront::nn
