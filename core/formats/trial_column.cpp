// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/trial_column.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/table_column.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace greenfront::formats {
namespace {

constexpr std::size_t mostTexts = 10'000;
constexpr double mostInteger = 0x1p53;

std::optional<bool> truthOf(std::string_view cell) {
    if (cell == "True" || cell == "true" || cell == "TRUE")
        return true;
    if (cell == "False" || cell == "false" || cell == "FALSE")
        return false;
    return std::nullopt;
}

std::optional<double> parsed(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool all = problem == std::errc() && end == text.data() + text.size();
    return all && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

bool isWhole(double number) {
    return std::trunc(number) == number && std::abs(number) <= mostInteger;
}

} // namespace

std::optional<double> cellNumber(std::string_view cell) {
    cell = trimmed(cell);
    const auto number = parsed(cell);
    if (number || std::ranges::count(cell, ',') != 1 || cell.size() > 32)
        return number;
    std::string point(cell);
    std::ranges::replace(point, ',', '.');
    return parsed(point);
}

void TrialColumn::add(std::string_view cell) {
    cell = trimmed(cell);
    if (data::isMissing(cell)) {
        gaps_ = true;
        cells_.emplace_back();
        return;
    }
    cells_.push_back(data::tidyText(cell));
    const auto number = cellNumber(cell);
    numbers_ = numbers_ && number.has_value();
    wholes_ = wholes_ && number && isWhole(*number);
    decimals_ = decimals_ || cell.find_first_of(".,eE") != std::string_view::npos;
    truths_ = truths_ && truthOf(cell).has_value();
}

TrialColumn::Kind TrialColumn::kind() const {
    if (numbers_)
        return wholes_ && (gaps_ || !decimals_) ? Kind::Whole : Kind::Number;
    return truths_ ? Kind::Truth : Kind::Text;
}

Json TrialColumn::value(std::size_t index) const {
    const std::string& cell = cells_.at(index);
    if (cell.empty())
        return nullptr;
    switch (kind()) {
    case Kind::Whole:
        return static_cast<std::int64_t>(*cellNumber(cell));
    case Kind::Number:
        return *cellNumber(cell);
    case Kind::Truth:
        return *truthOf(cell);
    case Kind::Text:
        break;
    }
    return cell;
}

Json TrialColumn::spaceEntry(const std::string& subject) const {
    const bool listed = kind() == Kind::Truth || kind() == Kind::Text;
    Json values = Json::array();
    std::set<Json> seen;
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (cells_[i].empty())
            continue;
        const Json own = value(i);
        if (!listed) {
            low = std::min(low, own.get<double>());
            high = std::max(high, own.get<double>());
        } else if (seen.insert(own).second) {
            values.push_back(own);
        }
        if (values.size() > mostTexts)
            throw Error("read", subject,
                        "its column '" + name_ + "' has more than " + std::to_string(mostTexts) +
                            " different texts, too many to choose from",
                        "Name the columns that are parameters with --parameters");
    }
    if (listed)
        return {{"name", name_}, {"type", "categorical"}, {"values", std::move(values)}};
    if (low > high) // no cell has a value
        return {{"name", name_}, {"type", "categorical"}, {"values", Json::array({nullptr})}};
    Json entry{{"name", name_}, {"type", "float"}, {"distribution", "uniform"}, {"low", low}, {"high", high}};
    if (kind() == Kind::Whole) {
        entry["type"] = "integer";
        entry["low"] = static_cast<std::int64_t>(low);
        entry["high"] = static_cast<std::int64_t>(high);
    }
    return entry;
}

} // namespace greenfront::formats
