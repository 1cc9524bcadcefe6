// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/area_scaler.h"
#include "core/data/decoders.h"

#include <png.h>

namespace greenfront::data {
namespace {

/// libpng's simplified interface, which reports failures as return values: no long jump crosses C++ code.
class PngImage {
public:
    explicit PngImage(const EncodedImage& source) : source_(source) {
        image_.version = PNG_IMAGE_VERSION;
        if (png_image_begin_read_from_memory(&image_, source.bytes.data(), source.bytes.size()) == 0)
            fail();
        image_.format = PNG_FORMAT_RGB;
        image_.flags |= PNG_IMAGE_FLAG_16BIT_sRGB; // without it 16-bit values would be taken as linear light
    }
    ~PngImage() { png_image_free(&image_); }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;

    ImageSize size() const { return {static_cast<int>(image_.width), static_cast<int>(image_.height)}; }

    std::vector<std::uint8_t> pixels() {
        std::vector<std::uint8_t> rgb(PNG_IMAGE_SIZE(image_));
        const png_color white{255, 255, 255};
        if (png_image_finish_read(&image_, &white, rgb.data(), 0, nullptr) == 0)
            fail();
        return rgb;
    }

private:
    [[noreturn]] void fail() {
        const std::string why = image_.message;
        png_image_free(&image_); // the constructor's failure runs no destructor
        throwUndecodable(source_, why);
    }

    const EncodedImage& source_;
    png_image image_{};
};

std::uint64_t bigEndian(const std::string& bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = at; i < at + 4; ++i)
        number = number << 8U | static_cast<std::uint8_t>(bytes[i]);
    return number;
}

} // namespace

ImageSize sizeOfPng(const EncodedImage& image) {
    constexpr std::size_t endOfHeader =
        33; // signature, then the chunk IHDR (PNG specification, 5.2 and 11.2.1)
    if (image.bytes.size() < endOfHeader)
        throwUndecodable(image, "it ends inside its header");
    const std::uint64_t width = bigEndian(image.bytes, 16);
    const std::uint64_t height = bigEndian(image.bytes, 20);
    checkSize(image, width, height);
    return {static_cast<int>(width), static_cast<int>(height)};
}

std::vector<std::uint8_t> decodeScaledPng(const EncodedImage& image, int side) {
    const ImageSize claimed = sizeOfPng(image);
    PngImage png(image);
    const ImageSize size = png.size();
    if (size.width != claimed.width || size.height != claimed.height)
        throwUndecodable(image, "its header is not where it should be");
    const std::vector<std::uint8_t> rgb = png.pixels();
    AreaScaler scaler(size.width, size.height, side);
    const std::size_t stride = static_cast<std::size_t>(size.width) * 3;
    for (std::size_t at = 0; at < rgb.size(); at += stride)
        scaler.addRow(std::span(rgb).subspan(at, stride));
    return scaler.planes();
}

} // namespace greenfront::data
