// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/csv.h"
#include "core/data/byte_stream.h"

namespace greenfront::data {

/// The records of a file of separated values (RFC 4180; commas, semicolons or tabs), one at a time, plain or
/// gzip-compressed. Empty lines are passed over.
class CsvRows {
public:
    /// The separator is the one of the three that the first line has most.
    explicit CsvRows(const std::filesystem::path& path);

    /// Nothing at the end. Throws Error for a record above 4 MiB, or one that is not CSV.
    std::optional<CsvRow> next();
    /// Where the record began that next() returned, from 1.
    std::size_t line() const { return firstLine_; }
    char separator() const { return separator_; }

private:
    std::optional<std::string> record();
    std::optional<std::string_view> rawLine();

    ByteStream stream_;
    std::optional<std::string> ahead_; ///< the first record, read for its separators
    char separator_ = ',';
    std::size_t firstLine_ = 0;
    std::size_t lines_ = 0; ///< read so far
};

} // namespace greenfront::data
