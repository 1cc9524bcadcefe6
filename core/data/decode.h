// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::data {

struct ImageSize {
    int width = 0;
    int height = 0;
};

/// A PNG or JPEG file, told by its first bytes, as read from disk. All functions throw Error naming `path`.
struct EncodedImage {
    std::filesystem::path path;
    std::string bytes;
};
EncodedImage readEncoded(const std::filesystem::path& path);

/// From the header alone.
ImageSize sizeOf(const EncodedImage& image);
/// 3 x side x side bytes, the colours one after another, stretched to the square. Transparent pixels are laid
/// on white, 16-bit ones rounded to 8; an orientation in EXIF data is not applied.
std::vector<std::uint8_t> decodeScaled(const EncodedImage& image, int side);

bool looksLikePng(std::string_view head);
bool looksLikeJpeg(std::string_view head);

} // namespace greenfront::data
