// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/data/files.h"

#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <cstdio> // jpeglib.h needs FILE

#include <jpeglib.h>
#include <zlib.h>

namespace greenfront::files {
namespace {

/// windowBits 15 makes a zlib stream, 31 a gzip file.
std::string deflated(const std::string& bytes, int windowBits) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())) + 64, '\0');
    std::string in = bytes;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string chunk(const std::string& type, const std::string& content) {
    const std::string body = type + content;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
    return bigEndian32(static_cast<std::uint32_t>(content.size())) + body +
           bigEndian32(static_cast<std::uint32_t>(sum));
}

} // namespace

std::filesystem::path Folder::put(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    writeFile(file, bytes);
    return file;
}

std::string bigEndian32(std::uint32_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes += static_cast<char>(number >> shift & 255U);
    return bytes;
}

std::string gzipped(const std::string& bytes) {
    return deflated(bytes, 31);
}

std::string uspsRow(int digit, const std::string& value) {
    std::string row = std::to_string(digit) + ".0000";
    for (int i = 0; i < 256; ++i)
        row += " " + value;
    return row + "\n";
}

std::string uspsRows() {
    std::string rows;
    for (int i = 0; i < 40; ++i) {
        std::string row = uspsRow(i % 10, "-1.000");
        const std::string number = std::to_string(i);
        row.replace(row.find("-1.000"), 6, "0.0" + std::string(2 - number.size(), '0') + number);
        rows += row;
    }
    return rows;
}

std::string idxImages(std::uint32_t count, std::uint32_t height, std::uint32_t width,
                      const std::string& pixels) {
    return std::string("\0\0\x08\x03", 4) + bigEndian32(count) + bigEndian32(height) + bigEndian32(width) +
           pixels;
}

std::string idxLabels(const std::string& labels) {
    return std::string("\0\0\x08\x01", 4) + bigEndian32(static_cast<std::uint32_t>(labels.size())) + labels;
}

void putIdxPart(const Folder& folder, const std::string& part, int count) {
    std::string pixels;
    std::string labels;
    for (int i = 0; i < count; ++i) {
        pixels += std::string(6, static_cast<char>(i));
        labels += static_cast<char>(i % 2);
    }
    folder.put(part + "-images-idx3-ubyte", idxImages(static_cast<std::uint32_t>(count), 2, 3, pixels));
    folder.put(part + "-labels-idx1-ubyte", idxLabels(labels));
}

std::string cifarRecord(int label, int r, int g, int b) {
    std::string record(1, static_cast<char>(label));
    for (const int value : {r, g, b})
        record += std::string(1024, static_cast<char>(value));
    return record;
}

std::string pngBytes(const Png& png) {
    const std::size_t stride = std::max<std::size_t>(1, png.rows.size() / std::max(1U, png.height));
    std::string filtered;
    for (std::size_t at = 0; at < png.rows.size(); at += stride)
        filtered += '\0' + png.rows.substr(at, stride);
    std::string header = bigEndian32(png.width) + bigEndian32(png.height);
    for (const int field : {png.bits, png.colourType, 0, 0, 0})
        header += static_cast<char>(field);
    std::string bytes = "\x89PNG\r\n\x1a\n" + chunk("IHDR", header);
    if (!png.palette.empty())
        bytes += chunk("PLTE", png.palette);
    if (!png.alpha.empty())
        bytes += chunk("tRNS", png.alpha);
    return bytes + chunk("IDAT", deflated(filtered, 15)) + chunk("IEND", {});
}

std::string plainPng(int side, int r, int g, int b) {
    std::string rows;
    for (int i = 0; i < side * side; ++i)
        for (const int value : {r, g, b})
            rows += static_cast<char>(value);
    return pngBytes({.width = static_cast<std::uint32_t>(side),
                     .height = static_cast<std::uint32_t>(side),
                     .rows = rows});
}

std::string jpegBytes(const Jpeg& jpeg) {
    constexpr std::array spaces{JCS_UNKNOWN, JCS_GRAYSCALE, JCS_UNKNOWN, JCS_RGB, JCS_CMYK};
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = static_cast<JDIMENSION>(jpeg.width);
    info.image_height = static_cast<JDIMENSION>(jpeg.height);
    info.input_components = jpeg.components;
    info.in_color_space = spaces[static_cast<std::size_t>(jpeg.components)];
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, 100, TRUE);
    if (jpeg.progressive)
        jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    std::string pixels = jpeg.pixels;
    const auto stride = static_cast<std::size_t>(jpeg.width * jpeg.components);
    for (std::size_t at = 0; at < pixels.size(); at += stride) {
        auto* row = reinterpret_cast<JSAMPROW>(pixels.data() + at);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    std::string bytes(reinterpret_cast<const char*>(buffer), size);
    jpeg_destroy_compress(&info);
    std::free(buffer); // NOLINT(cppcoreguidelines-no-malloc): libjpeg hands it over like this
    return bytes;
}

std::vector<float> sample(const data::Dataset& dataset, data::Part part, std::size_t index) {
    std::vector<float> values(dataset.info().shape.size());
    dataset.copyRaw(part, std::array{index}, values);
    return values;
}

} // namespace greenfront::files
