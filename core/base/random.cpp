// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <cassert>
#include <cmath>
#include <numbers>

namespace greenfront {
namespace {

// SplitMix64's finaliser (Steele et al. 2014) spreads neighbouring seeds and streams far apart.
std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15ULL;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
    return value ^ (value >> 31);
}

} // namespace

Rng::Rng(std::uint64_t seed, std::uint64_t stream) : engine_(mix(mix(seed) ^ stream)) {}

double Rng::uniform() {
    return static_cast<double>(engine_() >> 11) * 0x1.0p-53;
}

double Rng::uniform(double low, double high) {
    return low + (high - low) * uniform();
}

std::size_t Rng::below(std::size_t limit) {
    assert(limit > 0);
    const std::uint64_t bound = limit;
    const std::uint64_t rejected = (0 - bound) % bound; // makes every remainder equally likely
    std::uint64_t draw = engine_();
    while (draw < rejected)
        draw = engine_();
    return static_cast<std::size_t>(draw % bound);
}

double Rng::normal() {
    const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

} // namespace greenfront
