// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/data/open.h"

#include <QTemporaryDir>
#include <filesystem>
#include <string>
#include <vector>

/// Small data files made byte by byte from their specifications, so that the readers are held against the
/// formats and not against a writer of ours.
namespace greenfront::files {

class Folder {
public:
    std::filesystem::path path() const { return directory_.path().toStdString(); }
    std::string text() const { return path().string(); }
    /// Also makes the folders on the way.
    std::filesystem::path put(const std::string& name, const std::string& bytes) const;

private:
    QTemporaryDir directory_;
};

std::string bigEndian32(std::uint32_t number);
std::string gzipped(const std::string& bytes);

/// `digit` and 256 values that all are `value`, as text.
std::string uspsRow(int digit, const std::string& value = "0.5");
/// Four rows of each digit; a row's first pixel is its number / 1000.
std::string uspsRows();

std::string idxImages(std::uint32_t count, std::uint32_t height, std::uint32_t width,
                      const std::string& pixels);
std::string idxLabels(const std::string& labels);
/// `count` images of 2 x 3 pixels with labels 0, 1, 0, 1 ...; every pixel is its image's number.
void putIdxPart(const Folder& folder, const std::string& part, int count);

/// A CIFAR-10 record whose red, green and blue planes are filled with r, g, b.
std::string cifarRecord(int label, int r, int g, int b);

struct Png {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    int bits = 8;
    int colourType = 2;       ///< 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA
    std::string rows = {};    ///< without the filter bytes
    std::string palette = {}; ///< PLTE
    std::string alpha = {};   ///< tRNS
};
std::string pngBytes(const Png& png);
/// One colour all over.
std::string plainPng(int side, int r, int g, int b);

struct Jpeg {
    int width = 0;
    int height = 0;
    int components = 3; ///< 1 grey, 3 RGB, 4 CMYK
    bool progressive = false;
    std::string pixels = {}; ///< interleaved
};
std::string jpegBytes(const Jpeg& jpeg);

/// What an operation throws, as the user reads it; empty if it throws nothing.
template <class Operation>
std::string errorOf(Operation&& operation) {
    try {
        operation();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline std::string openError(const std::filesystem::path& path, const data::OpenOptions& options = {}) {
    return errorOf([&] { data::open(path.string(), options); });
}

/// One sample in the file's own units.
std::vector<float> sample(const data::Dataset& dataset, data::Part part, std::size_t index);

} // namespace greenfront::files

/// Says the whole message where one of the expected words is missing from it.
#define VERIFY_SAYS(message, words)                                                                          \
    QVERIFY2((message).find(words) != std::string::npos, ("it says: " + (message)).c_str())
