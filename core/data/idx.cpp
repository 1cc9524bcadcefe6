// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/idx.h"

#include "core/base/error.h"
#include "core/data/byte_stream.h"
#include "core/data/limits.h"

#include <algorithm>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr const char* again = "Download or copy it again";
constexpr std::string_view imageMagic("\0\0\x08\x03", 4);
constexpr std::string_view labelMagic("\0\0\x08\x01", 4);

struct Header {
    std::size_t count = 0;
    std::size_t height = 1;
    std::size_t width = 1;
};

std::size_t readSize(ByteStream& stream) {
    std::array<std::uint8_t, 4> bytes{};
    if (stream.read(bytes) != bytes.size())
        throw Error("read", stream.path().string(), "it ends inside its header", again);
    std::size_t size = 0;
    for (const std::uint8_t byte : bytes)
        size = size << 8U | byte;
    return size;
}

void checkMagic(ByteStream& stream, std::string_view expected) {
    std::array<std::uint8_t, 4> magic{};
    const std::size_t got = stream.read(magic);
    if (!std::ranges::equal(std::span(magic).first(got), expected, {}, {},
                            [](char c) { return static_cast<std::uint8_t>(c); }))
        throw Error("read", stream.path().string(),
                    std::string("it is no IDX file of ") +
                        (expected == imageMagic ? "grey images" : "labels") + " as unsigned bytes",
                    "Only this kind of IDX file can be read");
}

Header readHeader(ByteStream& stream, std::string_view magic) {
    checkMagic(stream, magic);
    Header header;
    header.count = readSize(stream);
    if (magic == imageMagic) {
        header.height = readSize(stream);
        header.width = readSize(stream);
    }
    return header;
}

void checkHeader(const Header& header, const fs::path& path) {
    const auto side = [](std::size_t size) { return size >= 1 && size <= longestSide; };
    if (header.count == 0)
        throw Error("read", path.string(), "its header says that there are no samples in it", again);
    if (!side(header.height) || !side(header.width))
        throw Error("read", path.string(),
                    "its header says that images are " + std::to_string(header.height) + " x " +
                        std::to_string(header.width) + " pixels",
                    "Images of 1 to 512 pixels a side can be read");
    if (header.count > mostBytes / (header.height * header.width))
        throw Error("read", path.string(),
                    "its header says that there are " + std::to_string(header.count) +
                        " samples, which is more than 2 GiB",
                    "The file is damaged, or too large to be read");
}

/// Reads as much as the header promises, growing with what really comes, and checks that it ends there.
std::vector<std::uint8_t> readBody(ByteStream& stream, std::size_t promised, Control* control) {
    constexpr std::size_t step = std::size_t{1} << 20;
    std::vector<std::uint8_t> bytes;
    while (bytes.size() < promised) {
        if (control)
            control->checkpoint();
        const std::size_t had = bytes.size();
        const std::size_t wanted = std::min(step, promised - had);
        bytes.resize(had + wanted);
        if (stream.read(std::span(bytes).subspan(had)) != wanted)
            throw Error("read", stream.path().string(), "it ends before all that its header promises", again);
    }
    std::array<std::uint8_t, 1> beyond{};
    if (stream.read(beyond) != 0)
        throw Error("read", stream.path().string(), "it holds more than its header says", again);
    return bytes;
}

struct Images {
    Header header;
    Samples samples;
};

Images readPart(const IdxFiles& files, Control* control) {
    ByteStream labelStream(files.labels);
    const Header labels = readHeader(labelStream, labelMagic);
    checkHeader(labels, files.labels);
    ByteStream imageStream(files.images);
    const Header header = readHeader(imageStream, imageMagic);
    checkHeader(header, files.images);
    if (labels.count != header.count)
        throw Error("read", files.images.string(),
                    "it says that it has " + std::to_string(header.count) + " images, but " +
                        files.labels.filename().string() + " says " + std::to_string(labels.count) +
                        " labels",
                    again);
    const std::vector<std::uint8_t> given = readBody(labelStream, labels.count, control);
    Images images{.header = header, .samples = {}};
    images.samples.labels.assign(given.begin(), given.end());
    images.samples.values = readBody(imageStream, header.count * header.height * header.width, control);
    return images;
}

/// Files of ten classes or fewer need not have them all; beyond that, labels count on from 0 or 1 without a
/// gap, and one that stands apart is damage.
std::size_t classesOf(const std::vector<int>& labels, const fs::path& path) {
    constexpr std::size_t usual = 10;
    std::vector<bool> seen(256, false);
    for (const int label : labels)
        seen[static_cast<std::size_t>(label)] = true;
    const auto count = static_cast<std::size_t>(*std::ranges::max_element(labels)) + 1;
    const auto gap = static_cast<std::size_t>(std::find(seen.begin() + 1, seen.end(), false) - seen.begin());
    if (count > usual && gap < count)
        throw Error("read", path.string(),
                    "it has the label " + std::to_string(count - 1) + ", but no sample with the label " +
                        std::to_string(gap),
                    "Labels must be 0 to 9, or count on without a gap");
    return count;
}

void checkTest(const Images& train, const Images& test, std::size_t classes, const IdxFiles& files) {
    if (test.header.height != train.header.height || test.header.width != train.header.width)
        throw Error("read", files.images.string(),
                    "its images are not of the same size as those of the training part", again);
    const auto label = std::ranges::find_if(
        test.samples.labels, [&](int each) { return static_cast<std::size_t>(each) >= classes; });
    if (label != test.samples.labels.end())
        throw Error("read", files.labels.string(),
                    "it has the label " + std::to_string(*label) + ", which the training part has not",
                    again);
}

fs::path labelsBeside(const fs::path& images) {
    std::string name = images.filename().string();
    for (const auto& [from, to] : {std::pair{"images", "labels"}, std::pair{"idx3", "idx1"}}) {
        const auto at = name.find(from);
        if (at != std::string::npos)
            name.replace(at, std::string_view(from).size(), to);
    }
    return images.parent_path() / name;
}

/// A file and its labels need not both be compressed.
std::optional<fs::path> withOrWithoutGz(const fs::path& path) {
    fs::path other = path;
    if (path.extension() == ".gz")
        other.replace_extension();
    else
        other += ".gz";
    std::error_code ignored;
    for (const fs::path& each : {path, other})
        if (fs::exists(each, ignored))
            return each;
    return std::nullopt;
}

std::optional<fs::path> findNamed(const fs::path& folder, const std::string& stem, const std::string& kind) {
    for (const char joint : {'-', '.'}) {
        std::string name = stem;
        name.append(1, joint).append(kind).append("-ubyte");
        if (auto path = withOrWithoutGz(folder / name))
            return path;
    }
    return std::nullopt;
}

} // namespace

std::optional<IdxFiles> idxFiles(const fs::path& folder, std::string_view part) {
    const std::string name(part);
    const auto images = findNamed(folder, name + "-images", "idx3");
    const auto labels = findNamed(folder, name + "-labels", "idx1");
    if (!images && !labels)
        return std::nullopt;
    if (!images || !labels)
        throw Error("read", folder.string(),
                    "it has the " + std::string(images ? "images" : "labels") + " of '" + name +
                        "', but not its " + (images ? "labels" : "images"),
                    "Put " + name + (images ? "-labels-idx1-ubyte" : "-images-idx3-ubyte") + " beside them");
    return IdxFiles{*images, *labels};
}

bool looksLikeIdxImages(std::string_view head) {
    return head.starts_with(imageMagic);
}

bool looksLikeIdxLabels(std::string_view head) {
    return head.starts_with(labelMagic);
}

IdxFiles idxFilesOf(const fs::path& images) {
    const fs::path expected = labelsBeside(images);
    const auto labels = withOrWithoutGz(expected);
    if (!labels || expected == images)
        throw Error("read", images.string(), "there is no file with its labels beside it",
                    "Name them like MNIST's: ...-images-idx3-ubyte and ...-labels-idx1-ubyte");
    return {images, *labels};
}

Loaded readIdx(const IdxFiles& train, const std::optional<IdxFiles>& test, Control* control) {
    Images images = readPart(train, control);
    const std::size_t classes = classesOf(images.samples.labels, train.labels);
    Loaded loaded{.kind = "idx",
                  .classes = numberedClasses(classes),
                  .shape = {.channels = 1,
                            .height = static_cast<int>(images.header.height),
                            .width = static_cast<int>(images.header.width)},
                  .train = {},
                  .validation = {},
                  .test = {},
                  .augmentation = {.shift = 2, .flip = false, .rotation = 8, .scale = 0.08, .crop = 0}};
    if (test) {
        Images others = readPart(*test, control);
        checkTest(images, others, classes, *test);
        loaded.test = std::move(others.samples);
    }
    loaded.train = std::move(images.samples);
    return loaded;
}

} // namespace greenfront::data
