// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/intensity_series.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <cmath>

namespace greenfront::energy {
namespace {

/// The dirtiest grid of the tables has about 1,000 g/kWh, lignite alone about 1,500.
constexpr GramsPerKwh implausible(5000);

double secondsOf(const IntensityRecord& record) {
    return static_cast<double>((record.end - record.start).count());
}

[[noreturn]] void refuse(const std::string& subject, const std::string& reason, const std::string& advice) {
    throw Error("read", subject, reason, advice);
}

void checkRecord(const std::vector<IntensityRecord>& records, std::size_t i, const std::string& subject) {
    const IntensityRecord& record = records[i];
    const std::string which = "record " + std::to_string(i + 1) + ", " + isoText(record.start) + ", ";
    if (!std::isfinite(record.value.value) || record.value.value < 0)
        refuse(subject, which + "has an intensity of " + numberText(record.value.value),
               "Intensities are numbers of at least 0; leave out what is not known");
    if (record.value > implausible)
        refuse(subject,
               which + "has an intensity of " + numberText(record.value.value) + ", beyond any grid's",
               "Give grams of CO2e for each kilowatt-hour");
    if (record.end <= record.start)
        refuse(subject, which + "lasts no time", "Correct its duration");
    if (i > 0 && record.start <= records[i - 1].start)
        refuse(subject, which + "does not come after the one above it",
               "Sort the records by time, each once");
    if (i > 0 && record.start < records[i - 1].end)
        refuse(subject, which + "begins before the one above it ends", "Correct the durations");
}

} // namespace

IntensitySeries::IntensitySeries(std::vector<IntensityRecord> records, std::string place,
                                 const std::string& subject)
    : records_(std::move(records)), place_(std::move(place)) {
    if (records_.empty())
        refuse(subject, "it holds no intensities", "Give at least one record");
    double largest = 0;
    for (std::size_t i = 0; i < records_.size(); ++i) {
        checkRecord(records_, i, subject);
        largest = std::max(largest, records_[i].value.value);
    }
    if (largest > 0 && largest < 1)
        refuse(subject, "no intensity reaches 1 g/kWh, so they look like kilograms",
               "Give grams of CO2e for each kilowatt-hour");
    before_.reserve(records_.size());
    gapsBefore_.reserve(records_.size());
    double sum = 0;
    std::size_t gapCount = 0;
    for (std::size_t i = 0; i < records_.size(); ++i) {
        gapCount += i > 0 && records_[i].start != records_[i - 1].end ? 1 : 0;
        before_.push_back(sum);
        gapsBefore_.push_back(gapCount);
        sum += records_[i].value.value * secondsOf(records_[i]);
    }
}

std::vector<TimeSpan> IntensitySeries::gaps() const {
    std::vector<TimeSpan> found;
    for (std::size_t i = 1; i < records_.size(); ++i)
        if (records_[i].start != records_[i - 1].end)
            found.push_back({records_[i - 1].end, records_[i].start});
    return found;
}

std::optional<GramsPerKwh> IntensitySeries::mean(Moment from, Moment to) const {
    if (from < start() || to > end() || to <= from)
        return std::nullopt;
    const auto indexAt = [&](Moment moment) {
        return static_cast<std::size_t>(
                   std::ranges::upper_bound(records_, moment, {}, &IntensityRecord::start) -
                   records_.begin()) -
               1;
    };
    const std::size_t first = indexAt(from);
    const std::size_t last = indexAt(to - std::chrono::seconds(1));
    if (from >= records_[first].end || to > records_[last].end)
        return std::nullopt;
    double known = 0;
    double integral = 0;
    if (last - first < 64) {
        // Few records: added up one by one, which is exact for whole numbers.
        for (std::size_t i = first; i <= last; ++i) {
            const auto inside = std::min(to, records_[i].end) - std::max(from, records_[i].start);
            known += static_cast<double>(inside.count());
            integral += static_cast<double>(inside.count()) * records_[i].value.value;
        }
    } else {
        const auto until = [&](std::size_t i, Moment moment) {
            return before_[i] +
                   records_[i].value.value * static_cast<double>((moment - records_[i].start).count());
        };
        integral = until(last, to) - until(first, from);
        if (gapsBefore_[last] == gapsBefore_[first])
            known = static_cast<double>((to - from).count());
    }
    if (known != static_cast<double>((to - from).count()))
        return std::nullopt;
    return GramsPerKwh(integral / known);
}

} // namespace greenfront::energy
