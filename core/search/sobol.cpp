// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sobol.h"

#include "core/search/sobol_numbers.h"

#include <algorithm>
#include <bit>

namespace greenfront::search {
namespace {

using Directions = std::array<std::uint32_t, 32>;

Directions directionsOf(std::size_t dimension) {
    Directions directions{};
    if (dimension == 0) {
        for (std::size_t i = 0; i < 32; ++i)
            directions[i] = 1U << (31 - i);
        return directions;
    }
    const SobolNumbers& numbers = sobolNumbers[dimension - 1];
    const auto degree = static_cast<std::size_t>(numbers.degree);
    for (std::size_t i = 0; i < 32; ++i) {
        if (i < degree) {
            directions[i] = numbers.first[i] << (31 - i);
            continue;
        }
        std::uint32_t value = directions[i - degree] ^ (directions[i - degree] >> degree);
        for (std::size_t k = 1; k < degree; ++k)
            if ((numbers.coefficients >> (degree - 1 - k)) & 1U)
                value ^= directions[i - k];
        directions[i] = value;
    }
    return directions;
}

std::uint32_t randomBits(Rng& rng) {
    return static_cast<std::uint32_t>(rng.below(std::size_t(1) << 32));
}

/// Each binary digit becomes itself plus a random combination of the digits before it.
void scramble(Directions& directions, Rng& rng) {
    Directions rows{};
    for (std::size_t digit = 0; digit < 32; ++digit) {
        const std::uint32_t before = digit == 0 ? 0 : ~0U << (32 - digit);
        rows[digit] = (randomBits(rng) & before) | 1U << (31 - digit);
    }
    for (std::uint32_t& direction : directions) {
        std::uint32_t mixed = 0;
        for (std::size_t digit = 0; digit < 32; ++digit)
            mixed |= static_cast<std::uint32_t>(std::popcount(rows[digit] & direction) & 1) << (31 - digit);
        direction = mixed;
    }
}

} // namespace

SobolSequence::SobolSequence(std::size_t dimensions, std::uint64_t seed) {
    Rng rng(seed, 0x50b01);
    for (std::size_t i = 0; i < std::min(dimensions, mostDimensions); ++i) {
        directions_.push_back(directionsOf(i));
        shifts_.push_back(0);
        if (seed == 0)
            continue;
        scramble(directions_.back(), rng);
        shifts_.back() = randomBits(rng);
    }
}

double SobolSequence::coordinate(std::uint64_t index, std::size_t dimension) const {
    const auto gray = static_cast<std::uint32_t>(index ^ (index >> 1));
    std::uint32_t bits = shifts_[dimension];
    for (std::size_t i = 0; i < 32; ++i)
        if ((gray >> i) & 1U)
            bits ^= directions_[dimension][i];
    return static_cast<double>(bits) * 0x1p-32;
}

SobolOptimiser::SobolOptimiser(const SearchSetup& setup)
    : Optimiser(setup), sequence_(setup.space.size(), setup.seed + 1) {}

std::optional<Assignment> SobolOptimiser::propose(std::uint64_t id, Rng& rng) {
    std::vector<double> unit;
    for (std::size_t i = 0; i < space().size(); ++i)
        unit.push_back(i < SobolSequence::mostDimensions ? sequence_.coordinate(id, i) : rng.uniform());
    return space().fromUnit(unit);
}

} // namespace greenfront::search
