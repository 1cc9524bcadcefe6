// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace greenfront::data {

/// Scales an image to side x side while its rows come in, so that the whole of it is never in memory. A
/// target pixel is the mean of the area that it covers, computed in whole numbers: the same on every system.
class AreaScaler {
public:
    /// Positive sizes; width x height below 2^40.
    AreaScaler(int width, int height, int side);

    /// The next row from the top: width x 3 bytes, red, green, blue.
    void addRow(std::span<const std::uint8_t> rgb) noexcept;
    /// After the last row: 3 x side x side, the colours one after another.
    std::vector<std::uint8_t> planes() const;

private:
    void addShare(std::size_t target, std::uint64_t weight) noexcept;

    std::uint64_t width_, height_, side_;
    std::uint64_t row_ = 0;
    std::vector<std::uint64_t> across_; ///< the row at hand, side x 3, times the width
    std::vector<std::uint64_t> sums_;   ///< side x side x 3, times width and height
};

} // namespace greenfront::data
