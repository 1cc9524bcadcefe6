// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/usps.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/byte_stream.h"

#include <charconv>
#include <cmath>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr int side = 16;
constexpr int digits = 10;
constexpr std::size_t longestRow = 16384; ///< 257 numbers of up to 60 characters
constexpr std::size_t mostRows = 200'000; ///< 20 times the real set; bounds what a gzip bomb can fill

[[noreturn]] void throwRow(const fs::path& path, std::size_t row, const std::string& reason) {
    throw Error("read", path.string(), "row " + std::to_string(row) + " " + reason,
                "A row is a digit and 256 numbers in -1..1, blank-separated");
}

/// Takes the next blank-separated word off the front; empty at the end.
std::string_view nextWord(std::string_view& text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    text.remove_prefix(first);
    const std::string_view word = text.substr(0, text.find_first_of(" \t\r"));
    text.remove_prefix(word.size());
    return word;
}

std::optional<float> numberFrom(std::string_view word) {
    float number = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (problem != std::errc() || end != word.data() + word.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::string quoted(std::string_view word) {
    std::string text = "'";
    for (const char c : word.substr(0, 24))
        text += c >= ' ' && c <= '~' ? c : '?';
    return text + "'";
}

int labelFrom(std::string_view word, const fs::path& path, std::size_t row) {
    const auto number = numberFrom(word);
    if (!number)
        throwRow(path, row, "begins with " + quoted(word) + ", which is no digit");
    if (*number < 0 || *number >= digits || *number != std::floor(*number))
        throwRow(path, row, "has the label " + quoted(word) + ", which is not one of 0 to 9");
    return static_cast<int>(*number);
}

void readRow(std::string_view text, const fs::path& path, std::size_t row, std::vector<float>& values,
             std::vector<int>& labels) {
    labels.push_back(labelFrom(nextWord(text), path, row));
    std::size_t count = 0;
    for (std::string_view word = nextWord(text); !word.empty(); word = nextWord(text), ++count) {
        const auto number = numberFrom(word);
        if (!number)
            throwRow(path, row, "holds " + quoted(word) + ", which is not a finite number");
        if (*number < -1 || *number > 1)
            throwRow(path, row, "holds " + quoted(word) + ", which is not in -1..1");
        values.push_back(*number);
    }
    if (count != std::size_t{side} * side)
        throwRow(path, row, "has " + std::to_string(count) + " values instead of 256");
}

Samples readRows(const fs::path& path, Control* control) {
    ByteStream stream(path);
    std::vector<float> values;
    Samples samples;
    std::size_t row = 0;
    while (const auto text = stream.line(longestRow)) {
        ++row;
        if (control && row % 256 == 0)
            control->checkpoint();
        if (row > mostRows)
            throw Error("read", path.string(), "it has more than 200,000 rows",
                        "Check that this is the file you meant");
        if (!trimmed(*text).empty())
            readRow(*text, path, row, values, samples.labels);
    }
    if (samples.labels.empty())
        throw Error("read", path.string(), "there is no row in it", "Download or copy it again");
    samples.values = std::move(values);
    return samples;
}

} // namespace

fs::path uspsFile(const fs::path& folder, std::string_view part) {
    for (const std::string_view ending : {"", ".gz"}) {
        fs::path path = folder / ("zip." + std::string(part) + std::string(ending));
        std::error_code ignored;
        if (fs::exists(path, ignored))
            return path;
    }
    return {};
}

bool looksLikeUsps(std::string_view head) {
    std::string_view rest = trimmed(head.substr(0, head.find('\n')));
    const bool label = numberFrom(nextWord(rest)).has_value();
    return label && numberFrom(nextWord(rest)).has_value();
}

Loaded readUsps(const fs::path& train, const fs::path& test, Control* control) {
    Loaded loaded{.kind = "usps",
                  .classes = numberedClasses(digits),
                  .shape = {.channels = 1, .height = side, .width = side},
                  .train = readRows(train, control),
                  .validation = {},
                  .test = {},
                  .augmentation = {.shift = 1, .flip = false, .rotation = 8, .scale = 0.08, .crop = 0}};
    if (!test.empty())
        loaded.test = readRows(test, control);
    return loaded;
}

} // namespace greenfront::data
