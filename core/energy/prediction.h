// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace greenfront::energy {

/// A number that is not known yet, with its 95 % interval.
struct Forecast {
    double value = 0, low = 0, high = 0;
};

/// What a run will cost, and how that was told.
struct CostForecast {
    Forecast joules, seconds;
    double correction = 1; ///< factor that is in both because earlier forecasts were off by it
    std::string method;    ///< one sentence for a person
};

/// "2.41 kJ (2.01 kJ to 2.90 kJ) in 2 min 41 s (2 min 2 s to 3 min 30 s)"
std::string toText(const CostForecast& forecast);

/// Amounts of work of which a run's cost is made: multiply-accumulates, bytes moved, steps.
using Work = std::vector<double>;

/// What an earlier run did and cost.
struct PastRun {
    Work work;
    Joules joules;
    Seconds seconds;
};

/// Non-negative least squares of the relative error over earlier runs of one machine, drawn towards `guess`
/// (the cost of one unit of each kind of work, of which only the ratios count) as far as leaving out one run
/// at a time shows to be best. The interval comes from the residuals of the left-out runs; with fewer than
/// three runs the guess is only scaled and the interval is a factor of two. Nothing without earlier runs:
/// then nothing is known yet. Earlier runs without work or cost are passed over.
std::optional<CostForecast> forecastFromPast(std::span<const PastRun> past, const Work& work,
                                             const Work& guess);

/// The beginning of a run: parts of equal kind, each with its size in work and its cost.
struct ProfiledStep {
    double work = 0;
    Joules joules;
    Seconds seconds;
};

/// `work` more of what was profiled, from the median of the steps' costs for a unit of work, corrected by
/// what `pastErrors` have in common: the logarithms of actual over uncorrected forecast of earlier forecasts
/// of this kind; the fewer there are, the less. The interval is that of the steps' spread and of how far the
/// past errors differ (with fewer than three of them, +-20 %). Nothing without a step that has work and cost
/// time.
std::optional<CostForecast> forecastFromProfile(std::span<const ProfiledStep> steps, double work,
                                                std::span<const double> pastErrors);

/// A forecast from a profile and one from earlier runs together, each weighted by how sure it is (inverse
/// variances of the logarithms). Its correction is that of the profile and what the other changed.
CostForecast combined(const CostForecast& profile, const CostForecast& before);

/// One forecast and what came of it.
struct Outcome {
    Forecast forecast;
    double actual = 0;
    double errorPercent() const; ///< of the actual; positive where too much was forecast
    bool covered() const;
};

/// How far forecasts can be trusted.
struct Calibration {
    std::size_t count = 0;
    double medianErrorPercent = 0; ///< of the absolute errors
    double coverage = 0;           ///< share of intervals that held what happened
};
/// Nothing of no outcomes.
std::optional<Calibration> calibrationOf(std::span<const Outcome> outcomes);
/// Of the values without their signs; nothing of none.
std::optional<double> medianMagnitude(std::vector<double> values);

} // namespace greenfront::energy
