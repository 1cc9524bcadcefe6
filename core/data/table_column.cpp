// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table_column.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace greenfront::data {
namespace {

constexpr std::size_t mostTexts = 64; ///< of a column that become a feature each
constexpr std::size_t mostClasses = 10'000;
constexpr std::size_t mostRealClasses = 100; ///< numbers that are not whole are rarely classes
constexpr std::size_t longestText = 256;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return result;
}

std::optional<double> parsed(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size() || text.empty())
        return std::nullopt;
    if (problem == std::errc::result_out_of_range)
        return std::numeric_limits<double>::infinity();
    return problem == std::errc() ? std::optional(number) : std::nullopt;
}

/// How many bytes from here on are one character of UTF-8; 0 if they are none.
std::size_t characterAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : first >= 0xE0 && first < 0xF0 ? 3
                               : first >= 0xF0 && first < 0xF5 ? 4
                                                               : 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(at + i) & 0xC0U) != 0x80)
            return 0;
    const unsigned second = byte(at + 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second >= 0xA0;
    const bool beyond = first == 0xF4 && second >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

} // namespace

void refuseCell(const CellPlace& place, std::string_view cell, const std::string& reason,
                const std::string& advice) {
    constexpr std::size_t shown = 40;
    throw Error("read", place.file.string(),
                "line " + std::to_string(place.line) + ", column '" + place.column + "' holds '" +
                    tidyText(cell.substr(0, shown)) + (cell.size() > shown ? "..." : "") + "', " + reason,
                advice);
}

bool isMissing(std::string_view cell) {
    constexpr std::array<std::string_view, 6> names{"", "?", "na", "n/a", "nan", "null"};
    return cell.size() <= 4 && std::ranges::find(names, lower(cell)) != names.end();
}

std::optional<double> numberIn(std::string_view cell, const CellPlace& place) {
    auto number = parsed(cell);
    if (!number && std::ranges::count(cell, ',') == 1 && cell.size() < 32) { // of a file with semicolons
        std::string point(cell);
        std::ranges::replace(point, ',', '.');
        number = parsed(point);
    }
    if (number && !(std::abs(*number) <= static_cast<double>(std::numeric_limits<float>::max())))
        refuseCell(place, cell, "which is no finite number of single precision",
                   "Leave cells empty that have no value");
    return number;
}

std::string tidyText(std::string_view cell) {
    bool valid = true;
    for (std::size_t at = 0; at < cell.size() && valid;) {
        const std::size_t length = characterAt(cell, at);
        valid = length > 0;
        at += length;
    }
    std::string text;
    for (const char c : cell) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            text += ' ';
        } else if (valid || byte < 0x80) {
            text += c;
        } else {
            text += static_cast<char>(0xC0U | (byte >> 6U));
            text += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return text;
}

void TableColumn::look(std::string_view cell, const CellPlace& place) {
    if (isMissing(cell))
        return;
    const bool number = numberIn(cell, place).has_value();
    numeric_ = numeric_ && number;
    if (numeric_ && many_)
        return;
    if (!number && cell.size() > longestText)
        refuseCell(place, cell, "which is too long for one of several texts", "Leave this column out");
    if (!many_)
        texts_.insert(tidyText(cell));
    many_ = texts_.size() > mostTexts;
    if (!numeric_ && many_)
        refuseCell(place, cell,
                   std::string(number ? "among texts" : "which is no number") +
                       ", and the column has more than " + std::to_string(mostTexts) +
                       " different cells, too many to be told apart",
                   "Leave this column out, or correct the cells that are no numbers");
}

std::vector<std::string> TableColumn::features() const {
    if (numeric_)
        return {name_};
    std::vector<std::string> names;
    names.reserve(texts_.size());
    for (const std::string& text : texts_)
        names.push_back(name_ + "=" + text);
    return names;
}

bool TableColumn::append(std::string_view cell, const CellPlace& place, std::vector<float>& values) const {
    const bool missing = isMissing(cell);
    if (numeric_) {
        const auto number = missing ? std::numeric_limits<double>::quiet_NaN() : numberIn(cell, place);
        if (!number)
            refuseCell(place, cell, "which is no number any more", "It changed while it was read; try again");
        values.push_back(static_cast<float>(*number));
        return missing;
    }
    const std::string own = missing ? std::string() : tidyText(cell);
    for (const std::string& text : texts_)
        values.push_back(!missing && text == own ? 1.0F : 0.0F);
    return missing;
}

std::string LabelColumn::textOf(std::string_view cell, const CellPlace& place) {
    const auto number = numberIn(cell, place);
    constexpr double exact = 9e15; // whole numbers below are exact
    if (number && *number == std::floor(*number) && std::abs(*number) < exact)
        return std::to_string(static_cast<long long>(*number)); // 1.0 and 1 are the same class
    return tidyText(cell);
}

void LabelColumn::look(std::string_view cell, const CellPlace& place) {
    if (isMissing(cell))
        refuseCell(place, cell, "where it needs a class", "Remove rows whose class is not known");
    if (cell.size() > longestText)
        refuseCell(place, cell, "which is too long for the name of a class",
                   "Name the column with the classes with --label");
    const std::string text = textOf(cell, place);
    numeric_ = numeric_ && parsed(text).has_value();
    const bool real = numeric_ && text.find_first_of(".eE") != std::string::npos;
    texts_.insert(text);
    if (texts_.size() > mostClasses || (real && texts_.size() > mostRealClasses))
        refuseCell(place, cell, "and more different values than there can be classes",
                   "Name the column with the classes with --label");
}

void LabelColumn::finish(const CellPlace& column) {
    if (texts_.size() < 2)
        throw Error("read", column.file.string(),
                    "its column '" + column.column + "' holds " +
                        (texts_.empty() ? "no class" : "one class alone, '" + *texts_.begin() + "'"),
                    "Name the column with the classes with --label");
    classes_.assign(texts_.begin(), texts_.end());
    if (numeric_)
        std::ranges::stable_sort(classes_, {}, [](const std::string& text) { return *parsed(text); });
    for (const std::string& text : classes_)
        labels_.emplace(text, static_cast<int>(labels_.size()));
}

int LabelColumn::labelOf(std::string_view cell, const CellPlace& place) const {
    const auto found = labels_.find(textOf(cell, place));
    if (found == labels_.end())
        refuseCell(place, cell, "which was not there before", "It changed while it was read; try again");
    return found->second;
}

} // namespace greenfront::data
