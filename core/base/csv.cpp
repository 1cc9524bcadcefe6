// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

#include "core/base/error.h"

#include <algorithm>

namespace greenfront {
namespace {

/// Reads one field after the other; knows at which line it stands, for the errors.
class CsvReader {
public:
    CsvReader(std::string_view text, const std::string& subject, std::size_t line = 1, char separator = ',')
        : text_(text), subject_(subject), line_(line), separator_(separator), ends_{separator, '\r', '\n'} {}

    bool atEnd() const { return at_ >= text_.size(); }
    std::size_t line() const { return line_; }

    CsvRow row() {
        CsvRow fields;
        do
            fields.push_back(field());
        while (skip(separator_));
        skip('\r');
        if (!atEnd() && !skip('\n'))
            refuse("a quoted field goes on after its closing quote");
        ++line_;
        return fields;
    }

private:
    bool skip(char wanted) {
        if (atEnd() || text_[at_] != wanted)
            return false;
        ++at_;
        return true;
    }

    std::string field() {
        if (skip('"'))
            return quoted();
        const auto end = std::min(text_.find_first_of(ends_, at_), text_.size());
        std::string value(text_.substr(at_, end - at_));
        if (value.find('"') != std::string::npos)
            refuse("a quote stands within a field that is not quoted");
        at_ = end;
        return value;
    }

    std::string quoted() {
        std::string value;
        for (;;) {
            const auto end = text_.find('"', at_);
            if (end == std::string_view::npos)
                refuse("a quote is never closed");
            value += text_.substr(at_, end - at_);
            at_ = end + 1;
            if (!skip('"'))
                return value;
            value += '"';
        }
    }

    [[noreturn]] void refuse(const std::string& why) const {
        throw Error("read", subject_, why + ", in record " + std::to_string(line_), "Save it as CSV again");
    }

    std::string_view text_;
    const std::string& subject_;
    std::size_t at_ = 0;
    std::size_t line_;
    char separator_;
    std::string ends_; ///< of a field without quotes
};

} // namespace

std::string csvLine(std::span<const std::string> fields) {
    std::string line;
    for (const std::string& field : fields) {
        if (&field != &fields.front())
            line += ',';
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            line += field;
            continue;
        }
        line += '"';
        for (const char c : field)
            line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += '"';
    }
    return line + "\r\n";
}

CsvRow parseCsvRecord(std::string_view record, const std::string& subject, std::size_t line, char separator) {
    return CsvReader(record, subject, line, separator).row();
}

std::vector<CsvRow> parseCsv(std::string_view text, const std::string& subject, std::size_t maximumRows) {
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (text.starts_with(byteOrderMark))
        text.remove_prefix(byteOrderMark.size());
    CsvReader reader(text, subject);
    std::vector<CsvRow> rows;
    while (!reader.atEnd()) {
        CsvRow row = reader.row();
        if (row.size() == 1 && row.front().empty())
            continue;
        if (rows.size() >= maximumRows)
            throw Error("read", subject, "it has more than " + std::to_string(maximumRows) + " records",
                        "Cut it to the time that matters");
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace greenfront
