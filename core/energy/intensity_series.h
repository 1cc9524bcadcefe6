// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/grid.h"
#include "core/energy/iso_time.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::energy {

/// From `start` up to, but not including, `end` the intensity is `value`.
struct IntensityRecord {
    Moment start, end;
    GramsPerKwh value;
};

struct TimeSpan {
    Moment start, end;
};

/// Intensities of one place over time, without overlaps. What is between two records but in none of them is a
/// gap: nothing is known there, and nothing is guessed.
class IntensitySeries {
public:
    /// Throws Error that names the subject and the record: none at all, out of order, overlapping, ending
    /// before it starts, negative, not finite, or so large or small that the unit must be another one.
    IntensitySeries(std::vector<IntensityRecord> records, std::string place, const std::string& subject);

    const std::vector<IntensityRecord>& records() const { return records_; }
    const std::string& place() const { return place_; }
    Moment start() const { return records_.front().start; }
    Moment end() const { return records_.back().end; }
    std::vector<TimeSpan> gaps() const;

    /// Mean over time; nothing if a part of it lies in a gap or outside.
    std::optional<GramsPerKwh> mean(Moment from, Moment to) const;

private:
    std::vector<IntensityRecord> records_;
    std::vector<double> before_; ///< integral, g/kWh s, over all records before each
    std::vector<std::size_t> gapsBefore_;
    std::string place_;
};

/// Reads a series, at most 64 MiB. The format is told by the content:
/// - Carbon Aware SDK: [{Location, Time, Rating, Duration}], alone or under "Emissions"; Duration is
/// hours:minutes;
/// - Electricity Maps: {"history"|"data"|"forecast": [{"datetime", "carbonIntensity"}]}; a null is a gap;
/// - CSV with a heading: a time (datetime, time, timestamp, start) and an intensity in g/kWh (g_co2e_per_kwh,
///   carbon_intensity, intensity, rating, or a heading that begins with "Carbon intensity"), and if wanted a
///   place (location, zone, region). A time without a zone is refused unless the heading says (UTC).
/// A record without a duration lasts until the next one, but no longer than the shortest such step: the rest
/// is a gap. Where the file holds several places, `place` says which. Throws Error.
IntensitySeries readIntensitySeries(const std::filesystem::path& path, const std::string& place = {});
IntensitySeries parseIntensitySeries(std::string_view text, const std::string& subject,
                                     const std::string& place = {});
/// The places that such a file holds, by name; an empty one where its records name none. Throws Error.
std::vector<std::string> intensityPlaces(const std::filesystem::path& path);

} // namespace greenfront::energy
