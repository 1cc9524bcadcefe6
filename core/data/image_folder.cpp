// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_folder.h"

#include "core/base/error.h"
#include "core/data/decode.h"
#include "core/data/image_tree.h"
#include "core/data/limits.h"

#include <algorithm>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr int smallestSide = 8;

/// By the median of the longer sides of some fifty images, evenly spaced.
int sensibleSide(const std::vector<ImageFile>& files) {
    constexpr std::size_t looks = 50;
    constexpr int small = 48;
    const std::size_t step = std::max<std::size_t>(1, files.size() / looks);
    std::vector<int> sides;
    for (std::size_t i = 0; i < files.size(); i += step) {
        const ImageSize size = sizeOf(readEncoded(files[i].path));
        sides.push_back(std::max(size.width, size.height));
    }
    const auto median = sides.begin() + static_cast<std::ptrdiff_t>(sides.size() / 2);
    std::ranges::nth_element(sides, median);
    return *median <= small ? 32 : 64;
}

int checkedSide(int side, const ImageTree& tree) {
    if (side == 0)
        return sensibleSide(tree.train);
    if (side < smallestSide || side > static_cast<int>(longestSide))
        throw Error("scale", "the images", "a side of " + std::to_string(side) + " pixels is not possible",
                    "Choose 8 to 512, or 0 to leave the choice to Greenfront");
    return side;
}

void checkMemory(const ImageTree& tree, std::size_t imageBytes, const fs::path& folder) {
    const std::size_t count = tree.train.size() + (tree.validation ? tree.validation->size() : 0) +
                              (tree.test ? tree.test->size() : 0);
    if (count > mostBytes / imageBytes)
        throw Error("read", folder.string(),
                    "its " + std::to_string(count) + " images would take more than 2 GiB",
                    "Choose a smaller image size, or fewer images");
}

Samples decodeAll(const std::vector<ImageFile>& files, int side, Control* control) {
    Samples samples;
    std::vector<std::uint8_t> values;
    for (const ImageFile& file : files) {
        if (control)
            control->checkpoint();
        const std::vector<std::uint8_t> image = decodeScaled(readEncoded(file.path), side);
        values.insert(values.end(), image.begin(), image.end());
        samples.labels.push_back(file.label);
    }
    samples.values = std::move(values);
    return samples;
}

std::vector<std::uint8_t>& bytesOf(Samples& samples) {
    return std::get<std::vector<std::uint8_t>>(samples.values);
}

bool isGrey(const std::vector<std::uint8_t>& values, std::size_t plane) {
    for (std::size_t image = 0; image < values.size(); image += 3 * plane)
        for (std::size_t i = image; i < image + plane; ++i)
            if (values[i] != values[i + plane] || values[i] != values[i + 2 * plane])
                return false;
    return true;
}

/// Leaves the first of every three equal planes.
void keepOnePlane(std::vector<std::uint8_t>& values, std::size_t plane) {
    auto to = values.begin();
    for (std::size_t image = 0; image < values.size(); image += 3 * plane)
        to = std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(image), plane, to);
    values.erase(to, values.end());
    values.shrink_to_fit();
}

void reduceIfGrey(Loaded& loaded) {
    std::vector<Samples*> parts{&loaded.train};
    for (std::optional<Samples>* part : {&loaded.validation, &loaded.test})
        if (*part)
            parts.push_back(&**part);
    const std::size_t plane = loaded.shape.size() / 3;
    if (!std::ranges::all_of(parts, [&](Samples* part) { return isGrey(bytesOf(*part), plane); }))
        return;
    for (Samples* part : parts)
        keepOnePlane(bytesOf(*part), plane);
    loaded.shape.channels = 1;
}

} // namespace

Loaded readImageFolder(const fs::path& folder, int wantedSide, Control* control) {
    const ImageTree tree = findImages(folder);
    const int side = checkedSide(wantedSide, tree);
    Loaded loaded{.kind = "images",
                  .classes = tree.classes,
                  .shape = {.channels = 3, .height = side, .width = side},
                  .train = {},
                  .validation = {},
                  .test = {},
                  .augmentation = {.shift = 0, .flip = true, .rotation = 0, .scale = 0, .crop = side / 8}};
    checkMemory(tree, loaded.shape.size(), folder);
    loaded.train = decodeAll(tree.train, side, control);
    if (tree.validation)
        loaded.validation = decodeAll(*tree.validation, side, control);
    if (tree.test)
        loaded.test = decodeAll(*tree.test, side, control);
    reduceIfGrey(loaded);
    return loaded;
}

} // namespace greenfront::data
