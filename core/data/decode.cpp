// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/decode.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/data/decoders.h"

namespace greenfront::data {
namespace {

constexpr Bytes largestFile(256.0 * 1024 * 1024);
constexpr std::uint64_t mostPixels = 50'000'000;
/// Deflate packs a byte into at least 1/1032 of one, and the smallest pixel is one bit. JPEG stays below
/// that.
constexpr std::uint64_t mostPixelsPerByte = std::uint64_t{8} * 1032;

} // namespace

void throwUndecodable(const EncodedImage& image, const std::string& why) {
    throw Error("read", image.path.string(), "the image does not decode (" + why + ")",
                "Replace or remove it");
}

void checkSize(const EncodedImage& image, std::uint64_t width, std::uint64_t height) {
    if (width == 0 || height == 0)
        throwUndecodable(image, "it has no pixels");
    const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
    if (width > mostPixels || height > mostPixels || width * height > mostPixels)
        throw Error("read", image.path.string(), "it claims to have " + size + ", more than 50 million",
                    "Scale it down, or remove it");
    if (width * height > image.bytes.size() * mostPixelsPerByte)
        throwUndecodable(image, "its " + std::to_string(image.bytes.size()) + " bytes cannot hold the " +
                                    size + " that it claims");
}

bool looksLikePng(std::string_view head) {
    return head.starts_with("\x89PNG\r\n\x1a\n");
}

bool looksLikeJpeg(std::string_view head) {
    return head.starts_with("\xff\xd8\xff");
}

EncodedImage readEncoded(const std::filesystem::path& path) {
    EncodedImage image{path, readFile(path, largestFile)};
    if (image.bytes.empty())
        throwUndecodable(image, "the file is empty");
    if (!looksLikePng(image.bytes) && !looksLikeJpeg(image.bytes))
        throwUndecodable(image, "it is neither PNG nor JPEG");
    return image;
}

ImageSize sizeOf(const EncodedImage& image) {
    return looksLikePng(image.bytes) ? sizeOfPng(image) : sizeOfJpeg(image);
}

std::vector<std::uint8_t> decodeScaled(const EncodedImage& image, int side) {
    return looksLikePng(image.bytes) ? decodeScaledPng(image, side) : decodeScaledJpeg(image, side);
}

} // namespace greenfront::data
