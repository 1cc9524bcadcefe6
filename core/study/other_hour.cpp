// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/other_hour.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace greenfront::study {
namespace {

using energy::IntensityRecord;
using energy::Moment;

double secondsBetween(Moment from, Moment to) {
    return static_cast<double>((to - from).count());
}

Moment momentAfter(Moment start, double seconds) {
    return start + std::chrono::seconds(std::llround(seconds));
}

[[noreturn]] void refuse(const energy::IntensitySeries& series, Moment start, double seconds,
                         const std::string& source) {
    throw Error("use", source,
                "it does not know the intensity at " + energy::isoText(momentAfter(start, seconds)) +
                    ", when the runs begin at " + energy::isoText(start),
                "It goes from " + energy::isoText(series.start()) + " to " + energy::isoText(series.end()) +
                    (series.gaps().empty() ? "" : ", with gaps"));
}

/// g/kWh, over time; readings lie closer together than whole seconds. Of no time: at that moment.
double meanIntensity(const energy::IntensitySeries& series, Moment start, const DrawnPart& part,
                     const std::string& source) {
    const double begin = part.begin.value;
    const double end = begin + part.length.value;
    const auto& records = series.records();
    const Moment first = start + std::chrono::seconds(static_cast<std::int64_t>(std::floor(begin)));
    auto record = std::ranges::upper_bound(records, first, {}, &IntensityRecord::start);
    if (record == records.begin())
        refuse(series, start, begin, source);
    double integral = 0;
    double known = begin;
    for (--record; record != records.end() && secondsBetween(start, record->start) <= known; ++record) {
        const double to = secondsBetween(start, record->end);
        if (to <= known)
            continue;
        if (part.length.value == 0)
            return record->value.value;
        integral += record->value.value * (std::min(to, end) - known);
        known = std::min(to, end);
        if (known >= end)
            return integral / part.length.value;
    }
    refuse(series, start, known, source);
}

void add(DrawnPart& part, const store::EnergyRow& row) {
    part.length = std::max(part.length, row.seconds);
    part.joules.low += row.low;
    part.joules.value += row.joules;
    part.joules.high += row.high;
}

/// Sources are read together, so a source that is met again begins the next part.
void addRun(std::vector<DrawnPart>& parts, const std::vector<store::EnergyRow>& rows, Seconds begin) {
    std::set<std::string> seen;
    std::string phase;
    for (const store::EnergyRow& row : rows) {
        if (seen.empty() || seen.contains(row.source) || row.phase != phase) {
            if (!seen.empty())
                begin += parts.back().length;
            parts.push_back({.begin = begin, .length = {}, .joules = {}});
            seen.clear();
        }
        add(parts.back(), row);
        seen.insert(row.source);
        phase = row.phase;
    }
}

} // namespace

std::vector<DrawnPart> drawnParts(store::Workspace& workspace, const StudyAccount& account) {
    std::vector<DrawnPart> parts;
    Seconds begin;
    for (const RunAccount& one : account.runs) {
        addRun(parts, store::energySamples(workspace, one.run.id), begin);
        begin += one.run.seconds;
        if (!parts.empty()) // whatever a clock did meanwhile, no two parts overlap
            begin = std::max(begin, parts.back().begin + parts.back().length);
    }
    return parts;
}

OtherHour startedAt(const energy::IntensitySeries& series, Moment start, std::span<const DrawnPart> parts,
                    const std::string& source) {
    OtherHour hour{.start = start, .end = start, .carbon = {}, .grid = {}};
    Joules all;
    for (const DrawnPart& part : parts) {
        const energy::GramsPerKwh intensity(meanIntensity(series, start, part, source));
        hour.carbon += energy::carbonOf(part.joules, intensity);
        all += part.joules.value;
        hour.end = std::max(hour.end, momentAfter(start, part.begin.value + part.length.value));
    }
    const double mean = all.value > 0 ? hour.carbon.value.value / energy::inKwh(all).value
                                      : meanIntensity(series, start, {}, source);
    hour.grid = energy::fixedGrid(energy::GramsPerKwh(mean),
                                  "mean over the hours of the runs, weighted with their joules; " + source +
                                      ", from " + energy::isoText(start) + " on");
    hour.grid.place = series.place();
    return hour;
}

} // namespace greenfront::study
