// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/csv_rows.h"

#include "core/base/error.h"

#include <algorithm>
#include <utility>

namespace greenfront::data {
namespace {

constexpr std::size_t longestRecord = std::size_t{4} << 20;

char separatorOf(std::string_view record) {
    char best = ',';
    std::ptrdiff_t most = 0;
    for (const char separator : {',', ';', '\t'}) {
        bool quoted = false;
        const auto count = std::ranges::count_if(record, [&](char c) {
            quoted = quoted != (c == '"');
            return !quoted && c == separator;
        });
        if (count > most) {
            best = separator;
            most = count;
        }
    }
    return best;
}

bool hasOddQuotes(std::string_view text) {
    return std::ranges::count(text, '"') % 2 != 0;
}

} // namespace

CsvRows::CsvRows(const std::filesystem::path& path) : stream_(path) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    ahead_ = record();
    if (!ahead_)
        return;
    if (ahead_->starts_with(byteOrderMark))
        ahead_->erase(0, byteOrderMark.size());
    if (ahead_->find('\0') != std::string::npos)
        throw Error("read", path.string(), "it holds bytes that no text has",
                    "Save the table as CSV in UTF-8");
    separator_ = separatorOf(*ahead_);
}

std::optional<CsvRow> CsvRows::next() {
    auto text = ahead_ ? std::exchange(ahead_, std::nullopt) : record();
    if (!text)
        return std::nullopt;
    return parseCsvRecord(*text, stream_.path().string(), firstLine_, separator_);
}

std::optional<std::string_view> CsvRows::rawLine() {
    try {
        auto text = stream_.line(longestRecord);
        ++lines_;
        if (text && text->ends_with('\r'))
            text->remove_suffix(1);
        return text;
    } catch (const Error& error) {
        throw Error("read", stream_.path().string(),
                    "behind line " + std::to_string(lines_) + ", " + error.parts().reason,
                    error.parts().advice);
    }
}

std::optional<std::string> CsvRows::record() {
    auto text = rawLine();
    while (text && text->find_first_not_of(" \t") == std::string_view::npos)
        text = rawLine();
    if (!text)
        return std::nullopt;
    firstLine_ = lines_;
    std::string whole(*text);
    bool open = hasOddQuotes(whole); // a quoted field, which goes on in the next line
    while (open) {
        const auto more = rawLine();
        if (!more)
            break; // the parser says what is wrong
        if (whole.size() + more->size() >= longestRecord)
            throw Error("read", stream_.path().string(),
                        "the record in line " + std::to_string(firstLine_) +
                            " is too long, or its quote is never closed",
                        "Check that this is the file you meant");
        open = open != hasOddQuotes(*more);
        whole += '\n';
        whole += *more;
    }
    return whole;
}

} // namespace greenfront::data
