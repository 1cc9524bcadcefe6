// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace greenfront::data {

/// Named columns of a CSV file (as CsvRows reads it) whose first line names all of its columns: a vector for
/// each further row, with the values in the order of the names. What is no finite number is a NaN. Throws
/// Error for an empty file, a name that is missing or stands twice, a row with more or fewer cells than there
/// are columns, and more than two million rows.
std::vector<std::vector<double>> readNumberColumns(const std::filesystem::path& file,
                                                   std::span<const std::string> names);

} // namespace greenfront::data
