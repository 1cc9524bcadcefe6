// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/text.h"
#include "core/energy/intensity_series.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace greenfront::energy {
namespace {

using std::chrono::seconds;

constexpr std::size_t maximumRecords = 1'000'000;

/// One record of a file, before it is known which place is wanted and how long it lasts.
struct Raw {
    std::string place;
    Moment start;
    std::optional<seconds> duration;
    std::optional<double> value; ///< nothing: the file says that it is not known
};

[[noreturn]] void refuse(const std::string& subject, const std::string& reason, const std::string& advice) {
    throw Error("read", subject, reason, advice);
}

Moment momentIn(std::string_view text, std::size_t number, WithoutZone withoutZone,
                const std::string& subject) {
    if (const auto moment = parseMoment(trimmed(text), withoutZone))
        return *moment;
    const bool onlyZoneMissing = parseMoment(trimmed(text), WithoutZone::IsUtc).has_value();
    refuse(subject,
           "the time '" + std::string(text.substr(0, 40)) + "' of record " + std::to_string(number) +
               (onlyZoneMissing ? " gives no time zone" : " is not an ISO 8601 time"),
           "Write times as 2026-03-01T12:00:00Z or 2026-03-01T14:00:00+02:00");
}

/// "01:00", "00:30:00" or "1.00:00:00" (days), as .NET writes time spans.
seconds timeSpanIn(std::string_view text, std::size_t number, const std::string& subject) {
    const auto wrong = [&] {
        refuse(subject,
               "the duration '" + std::string(text.substr(0, 40)) + "' of record " + std::to_string(number) +
                   " is not hours:minutes",
               "Write an hour as 01:00");
    };
    const auto dot = text.find('.');
    const auto days = dot < text.find(':') ? text.substr(0, dot) : std::string_view("0");
    const auto parts = split(dot < text.find(':') ? text.substr(dot + 1) : text, ':');
    if (parts.size() < 2 || parts.size() > 3)
        wrong();
    std::array<std::int64_t, 4> numbers{};
    for (std::size_t i = 0; i <= parts.size(); ++i) {
        const std::string_view part = i == 0 ? days : parts[i - 1];
        const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), numbers[i]);
        if (problem != std::errc() || end != part.data() + part.size() || numbers[i] < 0 || numbers[i] > 9999)
            wrong();
    }
    return std::chrono::days(numbers[0]) + std::chrono::hours(numbers[1]) + std::chrono::minutes(numbers[2]) +
           seconds(numbers[3]);
}

/// The Web API writes the names in lower case, the SDK's own files in upper case.
const Json* find(const Json& record, std::string_view name) {
    for (const auto& [key, value] : record.items())
        if (std::ranges::equal(key, name, [](unsigned char a, unsigned char b) {
                return std::tolower(a) == std::tolower(b);
            }))
            return &value;
    return nullptr;
}

std::string textOf(const Json* value) {
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

std::optional<double> numberOf(const Json* value, std::size_t number, const std::string& subject) {
    if (value && value->is_null())
        return std::nullopt;
    if (!value || !value->is_number())
        refuse(subject, "record " + std::to_string(number) + " has no intensity that is a number",
               "Write null where it is not known");
    return value->get<double>();
}

std::vector<Raw> carbonAwareRecords(const Json& list, const std::string& subject) {
    std::vector<Raw> records;
    for (const Json& entry : list) {
        const std::size_t number = records.size() + 1;
        Raw raw;
        raw.place = textOf(find(entry, "location"));
        raw.start = momentIn(textOf(find(entry, "time")), number, WithoutZone::Refused, subject);
        raw.value = numberOf(find(entry, "rating"), number, subject);
        if (const Json* duration = find(entry, "duration"))
            raw.duration = timeSpanIn(textOf(duration), number, subject);
        records.push_back(std::move(raw));
    }
    return records;
}

std::vector<Raw> electricityMapsRecords(const Json& list, const std::string& zone,
                                        const std::string& subject) {
    std::vector<Raw> records;
    for (const Json& entry : list) {
        const std::size_t number = records.size() + 1;
        Raw raw;
        raw.place = textOf(find(entry, "zone"));
        if (raw.place.empty())
            raw.place = zone;
        raw.start = momentIn(textOf(find(entry, "datetime")), number, WithoutZone::Refused, subject);
        raw.value = numberOf(find(entry, "carbonIntensity"), number, subject);
        records.push_back(std::move(raw));
    }
    return records;
}

std::vector<Raw> jsonRecords(std::string_view text, const std::string& subject) {
    const Json json = parseJson(text, subject);
    const Json* list = json.is_array() ? &json : nullptr;
    for (const char* key : {"history", "data", "forecast", "forecastData", "emissions"})
        if (!list && json.is_object())
            list = find(json, key);
    if (!list || !list->is_array() || list->empty() || !list->front().is_object())
        refuse(subject, "it holds no list of records",
               "Give records of the Carbon Aware SDK or a history of Electricity Maps");
    if (list->size() > maximumRecords)
        refuse(subject, "it has more than " + std::to_string(maximumRecords) + " records",
               "Cut it to the time that matters");
    for (const Json& entry : *list)
        if (!entry.is_object())
            refuse(subject, "a record is not an object", "Check the file");
    if (find(list->front(), "rating"))
        return carbonAwareRecords(*list, subject);
    return electricityMapsRecords(*list, json.is_object() ? textOf(find(json, "zone")) : "", subject);
}

std::string lowered(std::string_view text) {
    std::string result(trimmed(text));
    std::ranges::transform(result, result.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

struct Columns {
    std::size_t time, value;
    std::optional<std::size_t> place;
    bool utc = false;
};

std::optional<std::size_t> columnOf(const CsvRow& heading, std::initializer_list<std::string_view> names,
                                    std::string_view start = "\1") {
    for (const std::string_view name : names)
        for (std::size_t i = 0; i < heading.size(); ++i)
            if (lowered(heading[i]) == name)
                return i;
    for (std::size_t i = 0; i < heading.size(); ++i)
        if (lowered(heading[i]).starts_with(start))
            return i;
    return std::nullopt;
}

Columns columnsOf(const CsvRow& heading, const std::string& subject) {
    const auto time = columnOf(heading, {"datetime", "time", "timestamp", "start"}, "datetime (utc)");
    auto value =
        columnOf(heading, {"g_co2e_per_kwh", "carbon_intensity", "carbonintensity", "intensity", "rating"});
    // Electricity Maps' tables have a direct and a life-cycle intensity; the life cycle is what is wanted.
    for (std::size_t i = 0; i < heading.size() && !value; ++i)
        if (const auto name = lowered(heading[i]);
            name.starts_with("carbon intensity") &&
            (name.find("life cycle") != std::string::npos || name.find("lifecycle") != std::string::npos))
            value = i;
    if (!value)
        value = columnOf(heading, {}, "carbon intensity");
    if (!time || !value)
        refuse(subject, time ? "no column is an intensity" : "no column is a time",
               "Name the columns datetime and g_co2e_per_kwh in the first line");
    if (lowered(heading[*value]).find("kg") != std::string::npos)
        refuse(subject, "the column '" + heading[*value] + "' is in kilograms",
               "Give grams for each kilowatt-hour");
    return {*time, *value, columnOf(heading, {"location", "zone", "region", "zone id"}),
            lowered(heading[*time]).find("(utc)") != std::string::npos};
}

std::vector<Raw> csvRecords(std::string_view text, const std::string& subject) {
    const auto rows = parseCsv(text, subject, maximumRecords + 1);
    if (rows.size() < 2)
        refuse(subject, "it holds no records", "Give a heading and at least one record");
    const Columns columns = columnsOf(rows.front(), subject);
    std::vector<Raw> records;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const CsvRow& row = rows[i];
        if (row.size() != rows.front().size())
            refuse(subject,
                   "record " + std::to_string(i) + " has " + std::to_string(row.size()) +
                       " fields and the heading " + std::to_string(rows.front().size()),
                   "Check the file");
        Raw raw;
        raw.place = columns.place ? row[*columns.place] : "";
        raw.start =
            momentIn(row[columns.time], i, columns.utc ? WithoutZone::IsUtc : WithoutZone::Refused, subject);
        const std::string_view value = trimmed(row[columns.value]);
        if (!value.empty()) {
            double number = 0;
            const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (problem != std::errc() || end != value.data() + value.size())
                refuse(subject,
                       "record " + std::to_string(i) + " has the intensity '" +
                           std::string(value.substr(0, 40)) + "', which is not a number",
                       "Leave the field empty where it is not known");
            raw.value = number;
        }
        records.push_back(std::move(raw));
    }
    return records;
}

constexpr Bytes largestFile(64.0 * 1024 * 1024);

std::vector<Raw> recordsIn(std::string_view text, const std::string& subject) {
    const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string_view::npos)
        refuse(subject, "it is empty", "Give a series of intensities");
    const bool json = text[first] == '[' || text[first] == '{';
    return json ? jsonRecords(text.substr(first), subject) : csvRecords(text, subject);
}

std::vector<std::string> placesOf(const std::vector<Raw>& records) {
    std::set<std::string> places;
    for (const Raw& record : records)
        places.insert(record.place);
    return {places.begin(), places.end()};
}

/// The records of one place: the wanted one, or the only one that there is.
std::vector<Raw> ofPlace(std::vector<Raw> records, const std::string& wanted, const std::string& subject) {
    const auto places = placesOf(records);
    const std::string known = join(std::span(places).first(std::min<std::size_t>(places.size(), 20)), ", ");
    if (wanted.empty() && places.size() > 1)
        refuse(subject, "it holds several places", "Say which one you mean: " + known);
    if (!wanted.empty() && std::ranges::find(places, wanted) == places.end())
        refuse(subject, "it does not know the region '" + wanted + "'", "It has " + known);
    std::erase_if(records, [&](const Raw& record) { return !wanted.empty() && record.place != wanted; });
    return records;
}

/// Of records that do not say how long they last: the shortest time from one to the next.
seconds usualStep(const std::vector<Raw>& records, const std::string& subject) {
    std::optional<seconds> shortest;
    for (std::size_t i = 1; i < records.size(); ++i)
        if (const seconds step = records[i].start - records[i - 1].start;
            step.count() > 0 && (!shortest || step < *shortest))
            shortest = step;
    if (!shortest)
        refuse(subject, "it does not say how long its records last", "Give at least two records, in order");
    return *shortest;
}

std::vector<IntensityRecord> lasting(const std::vector<Raw>& raw, const std::string& subject) {
    const bool allSay =
        std::ranges::all_of(raw, [](const Raw& record) { return record.duration.has_value(); });
    const seconds step = allSay ? seconds(0) : usualStep(raw, subject);
    std::vector<IntensityRecord> records;
    records.reserve(raw.size());
    Moment last{};
    for (std::size_t i = 0; i < raw.size(); ++i) {
        // Checked here too, because a record that becomes a gap must be in order as well.
        if (i > 0 && raw[i].start <= last)
            refuse(subject,
                   "record " + std::to_string(i + 1) + ", " + isoText(raw[i].start) +
                       ", does not come after the one above it",
                   "Sort the records by time, each once");
        last = raw[i].start;
        if (raw[i].value)
            records.push_back(
                {raw[i].start, raw[i].start + raw[i].duration.value_or(step), GramsPerKwh(*raw[i].value)});
    }
    return records;
}

} // namespace

IntensitySeries parseIntensitySeries(std::string_view text, const std::string& subject,
                                     const std::string& place) {
    const auto raw = ofPlace(recordsIn(text, subject), place, subject);
    return {lasting(raw, subject), raw.front().place, subject};
}

IntensitySeries readIntensitySeries(const std::filesystem::path& path, const std::string& place) {
    return parseIntensitySeries(readFile(path, largestFile), path.string(), place);
}

std::vector<std::string> intensityPlaces(const std::filesystem::path& path) {
    return placesOf(recordsIn(readFile(path, largestFile), path.string()));
}

} // namespace greenfront::energy
