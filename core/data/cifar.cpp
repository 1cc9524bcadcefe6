// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/cifar.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/data/byte_stream.h"
#include "core/data/limits.h"

#include <set>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr int side = 32;
constexpr std::size_t imageBytes = std::size_t{3} * side * side;
constexpr const char* again = "Download or copy it again";

struct Layout {
    std::size_t classes;
    std::size_t labelBytes; ///< the last of them is the label used
    const char* names;
    std::vector<fs::path> train;
    fs::path test; ///< empty if there is none
};

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

fs::path ifThere(const fs::path& path) {
    return isThere(path) ? path : fs::path();
}

fs::path batch(const fs::path& folder, int number) {
    return folder / ("data_batch_" + std::to_string(number) + ".bin");
}

/// The batches from 1 on; a hole among the original five is a missing file.
std::vector<fs::path> batchesIn(const fs::path& folder) {
    constexpr int usual = 5;
    std::vector<fs::path> batches;
    int last = 0;
    for (int number = 1; number <= usual; ++number)
        if (isThere(batch(folder, number)))
            last = number;
    for (int number = 1; number <= last; ++number)
        batches.push_back(batch(folder, number));
    return batches;
}

Layout layoutOf(const fs::path& folder) {
    if (isThere(folder / "train.bin"))
        return {100, 2, "fine_label_names.txt", {folder / "train.bin"}, ifThere(folder / "test.bin")};
    return {10, 1, "batches.meta.txt", batchesIn(folder), ifThere(folder / "test_batch.bin")};
}

std::vector<std::string> classNames(const fs::path& path, std::size_t count) {
    if (!isThere(path))
        return numberedClasses(count);
    constexpr Bytes limit(64.0 * 1024);
    const std::string text = readFile(path, limit);
    std::vector<std::string> names;
    for (const std::string_view line : greenfront::split(text, '\n'))
        if (const std::string_view name = trimmed(line); !name.empty())
            names.emplace_back(name);
    const std::set<std::string> different(names.begin(), names.end());
    if (names.size() != count || different.size() != count)
        throw Error("read", path.string(),
                    "it does not hold " + std::to_string(count) + " different class names", again);
    return names;
}

void readRecords(const fs::path& path, const Layout& layout, Control* control,
                 std::vector<std::uint8_t>& values, std::vector<int>& labels) {
    ByteStream stream(path);
    std::vector<std::uint8_t> record(layout.labelBytes + imageBytes);
    for (;;) {
        if (control)
            control->checkpoint();
        const std::size_t got = stream.read(record);
        if (got == 0)
            return;
        if (got != record.size())
            throw Error("read", path.string(),
                        "its size is no multiple of a record's " + std::to_string(record.size()) + " bytes",
                        again);
        const std::size_t label = record[layout.labelBytes - 1];
        if (label >= layout.classes)
            throw Error("read", path.string(),
                        "a record has the label " + std::to_string(label) + " of " +
                            std::to_string(layout.classes) + " classes",
                        again);
        if (values.size() + imageBytes > mostBytes)
            throw Error("read", path.string(), "it holds more than 2 GiB of images",
                        "Check that it is the right file");
        values.insert(values.end(), record.begin() + static_cast<std::ptrdiff_t>(layout.labelBytes),
                      record.end());
        labels.push_back(static_cast<int>(label));
    }
}

Samples readAll(const std::vector<fs::path>& paths, const Layout& layout, Control* control) {
    Samples samples;
    std::vector<std::uint8_t> values;
    for (const fs::path& path : paths)
        readRecords(path, layout, control, values, samples.labels);
    samples.values = std::move(values);
    return samples;
}

} // namespace

bool isCifarFolder(const fs::path& folder) {
    return isThere(folder / "train.bin") || isThere(folder / "test_batch.bin") || !batchesIn(folder).empty();
}

Loaded readCifar(const fs::path& folder, Control* control) {
    const Layout layout = layoutOf(folder);
    if (layout.train.empty())
        throw Error("read", folder.string(), "it has a test batch but no training batches", again);
    Loaded loaded{.kind = "cifar",
                  .classes = classNames(folder / layout.names, layout.classes),
                  .shape = {.channels = 3, .height = side, .width = side},
                  .train = readAll(layout.train, layout, control),
                  .validation = {},
                  .test = {},
                  .augmentation = {.shift = 0, .flip = true, .rotation = 0, .scale = 0, .crop = 4}};
    if (!layout.test.empty())
        loaded.test = readAll({layout.test}, layout, control);
    return loaded;
}

} // namespace greenfront::data
