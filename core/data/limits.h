// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::data {

constexpr std::size_t mostBytes = std::size_t{1} << 31; ///< of sample values in one part
constexpr std::size_t longestSide = 512;                ///< of an image as a sample, pixels

} // namespace greenfront::data
