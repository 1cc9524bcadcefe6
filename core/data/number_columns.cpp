// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/number_columns.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/csv_rows.h"

#include <algorithm>
#include <limits>
#include <set>

namespace greenfront::data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostRows = 2'000'000;
constexpr std::size_t namesInMessage = 20;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse(const fs::path& file, const std::string& reason, const std::string& advice) {
    throw Error("read", file.string(), reason, advice);
}

std::vector<std::string> columnsOf(const fs::path& file, const CsvRow& heading) {
    std::vector<std::string> columns;
    std::set<std::string> seen;
    for (const std::string& cell : heading) {
        columns.emplace_back(trimmed(cell));
        if (!columns.back().empty() && !seen.insert(columns.back()).second)
            refuse(file, "two of its columns are named '" + columns.back() + "'", "Rename one of them");
    }
    return columns;
}

std::size_t placeOf(const fs::path& file, const std::vector<std::string>& columns, const std::string& name) {
    const auto place = std::ranges::find(columns, name);
    if (place != columns.end())
        return static_cast<std::size_t>(place - columns.begin());
    const auto shown = std::span(columns).first(std::min(columns.size(), namesInMessage));
    refuse(file, "it has no column '" + name + "'",
           "Its columns are " + join(shown, ", ") + (shown.size() < columns.size() ? ", ..." : ""));
}

} // namespace

std::vector<std::vector<double>> readNumberColumns(const fs::path& file, std::span<const std::string> names) {
    CsvRows rows(file);
    const auto heading = rows.next();
    if (!heading)
        refuse(file, "there is no row in it", "Check that this is the file you meant");
    const auto columns = columnsOf(file, *heading);
    std::vector<std::size_t> places;
    for (const std::string& name : names)
        places.push_back(placeOf(file, columns, name));
    std::vector<std::vector<double>> values;
    while (const auto row = rows.next()) {
        if (row->size() != columns.size())
            refuse(file,
                   "line " + std::to_string(rows.line()) + " has " + std::to_string(row->size()) +
                       " columns instead of " + std::to_string(columns.size()),
                   "Every line needs the same number of columns; quote cells that hold the separator");
        if (values.size() == mostRows)
            refuse(file, "it has more than " + std::to_string(mostRows) + " rows", "Leave some out");
        auto& numbers = values.emplace_back();
        for (const std::size_t place : places)
            numbers.push_back(numberIn((*row)[place]).value_or(none));
    }
    return values;
}

} // namespace greenfront::data
