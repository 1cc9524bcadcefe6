// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront {

using CsvRow = std::vector<std::string>;

/// One record after RFC 4180: fields that hold a comma, a quote or a line end are quoted; ends in CRLF.
std::string csvLine(std::span<const std::string> fields);
/// RFC 4180, with LF taken as a line end too and a UTF-8 byte order mark skipped. Empty lines are left out.
/// Throws Error for a quote that is never closed or stands within a field, and beyond `maximumRows`.
std::vector<CsvRow> parseCsv(std::string_view text, const std::string& subject,
                             std::size_t maximumRows = 2'000'000);

/// One record without the line end behind it, of a file with this separator; `line` is where it begins, for
/// the errors. Throws Error as above.
CsvRow parseCsvRecord(std::string_view record, const std::string& subject, std::size_t line, char separator);

} // namespace greenfront
