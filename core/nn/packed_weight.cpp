// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/packed_weight.h"

namespace greenfront::nn {
namespace {

/// Calls body(place in the copy, place in the shared weight).
template <class Body>
void forWeights(const PackedShape& s, const Body& body) {
    std::size_t at = 0;
    for (std::size_t o = 0; o < s.out; ++o)
        for (std::size_t tap = 0; tap < s.taps; ++tap)
            for (std::size_t i = 0; i < s.in; ++i, ++at)
                body(at, (o * s.sharedIn + i) * s.taps + tap);
}

} // namespace

void packWeight(const PackedShape& shape, const float* shared, float* packed) {
    forWeights(shape, [&](std::size_t at, std::size_t from) { packed[at] = shared[from]; });
}

void addUnpacked(const PackedShape& shape, const float* packed, float* shared) {
    forWeights(shape, [&](std::size_t at, std::size_t to) { shared[to] += packed[at]; });
}

} // namespace greenfront::nn
