// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/decode.h"

namespace greenfront::data {

// One file each, so that each library's header stays in one place. Through decode.h only.
ImageSize sizeOfPng(const EncodedImage& image);
ImageSize sizeOfJpeg(const EncodedImage& image);
std::vector<std::uint8_t> decodeScaledPng(const EncodedImage& image, int side);
std::vector<std::uint8_t> decodeScaledJpeg(const EncodedImage& image, int side);

[[noreturn]] void throwUndecodable(const EncodedImage& image, const std::string& why);
/// Throws Error for a size that is beyond reason, or that so few bytes cannot hold, before memory is taken.
void checkSize(const EncodedImage& image, std::uint64_t width, std::uint64_t height);

} // namespace greenfront::data
