// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/optimiser.h"

#include <array>
#include <cstdint>
#include <vector>

namespace greenfront::search {

/// Sobol's low-discrepancy sequence with the direction numbers of Joe and Kuo (2008, new-joe-kuo-6) in up to
/// 64 dimensions. A seed other than 0 scrambles it by random linear maps and a digital shift (Matousek 1998),
/// which keeps how evenly it lies.
class SobolSequence {
public:
    static constexpr std::size_t mostDimensions = 64;

    SobolSequence(std::size_t dimensions, std::uint64_t seed);
    /// In [0, 1); index < 2^32.
    double coordinate(std::uint64_t index, std::size_t dimension) const;

private:
    std::vector<std::array<std::uint32_t, 32>> directions_;
    std::vector<std::uint32_t> shifts_;
};

/// Parameters beyond the 64th are drawn at random.
class SobolOptimiser : public Optimiser {
public:
    explicit SobolOptimiser(const SearchSetup& setup);

protected:
    std::optional<Assignment> propose(std::uint64_t id, Rng& rng) override;

private:
    SobolSequence sequence_;
};

} // namespace greenfront::search
