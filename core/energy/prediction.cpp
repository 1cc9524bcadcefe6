// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/prediction.h"

#include "core/base/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace greenfront::energy {
namespace {

constexpr std::size_t fewRuns = 3; ///< fewer say nothing about their spread
constexpr double factorOfFew = 2;  ///< half the interval then, as a factor
constexpr double widestFactor = 4; ///< an interval wider than this says no more
constexpr double narrowestFactor = 1.03;

/// 97.5 % quantile of Student's t.
double studentT(std::size_t freedom) {
    static constexpr std::array<double, 10> table{12.706, 4.303, 3.182, 2.776, 2.571,
                                                  2.447,  2.365, 2.306, 2.262, 2.228};
    return freedom <= table.size() ? table[std::max<std::size_t>(freedom, 1) - 1]
                                   : 1.96 + 2.5 / static_cast<double>(freedom);
}

Forecast around(double value, double logHalf) {
    const double half = std::clamp(logHalf, std::log(narrowestFactor), std::log(widestFactor));
    return {value, value * std::exp(-half), value * std::exp(half)};
}

double dot(const Work& a, const Work& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// Earlier runs as rows of work in units of the guess, each divided by its cost: a perfect fit gives 1.
using Rows = std::vector<Work>;

/// Factors on the guess, by cyclic coordinate descent on sum (row u - 1)^2 + pull n sum (u / scale - 1)^2.
Work fitted(const Rows& rows, double pull) {
    const std::size_t kinds = rows.front().size();
    std::vector<double> sums;
    for (const Work& row : rows)
        sums.push_back(std::accumulate(row.begin(), row.end(), 0.0));
    const double scale = 1.0 / medianOf(sums);
    Work factors(kinds, scale);
    if (rows.size() < fewRuns)
        return factors;
    const double strength = pull * static_cast<double>(rows.size()) / (scale * scale);
    constexpr int sweeps = 300;
    for (int sweep = 0; sweep < sweeps; ++sweep)
        for (std::size_t k = 0; k < kinds; ++k) {
            double slope = strength * scale;
            double curve = strength;
            for (const Work& row : rows) {
                slope += row[k] * (1.0 - dot(row, factors) + row[k] * factors[k]);
                curve += row[k] * row[k];
            }
            factors[k] = std::max(0.0, slope / curve);
        }
    return factors;
}

/// log(actual / forecast) of each run when the others are fitted.
std::vector<double> leftOutErrors(const Rows& rows, double pull) {
    std::vector<double> errors;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Rows others = rows;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        errors.push_back(-std::log(std::max(1e-9, dot(rows[i], fitted(others, pull)))));
    }
    return errors;
}

double meanSquare(std::span<const double> values) {
    double sum = 0;
    for (const double value : values)
        sum += value * value;
    return sum / static_cast<double>(values.size());
}

double spreadOf(std::span<const double> logErrors) {
    const auto n = static_cast<double>(logErrors.size());
    return studentT(logErrors.size() - 1) * std::sqrt(meanSquare(logErrors) * (1 + 1 / n));
}

Forecast forecastOne(std::span<const PastRun> past, const Work& work, const Work& guess,
                     double (*costOf)(const PastRun&)) {
    Rows rows;
    for (const PastRun& run : past) {
        Work row;
        for (std::size_t k = 0; k < guess.size(); ++k)
            row.push_back(run.work[k] * guess[k] / costOf(run));
        rows.push_back(std::move(row));
    }
    Work wanted;
    for (std::size_t k = 0; k < guess.size(); ++k)
        wanted.push_back(work[k] * guess[k]);
    if (rows.size() < fewRuns)
        return around(dot(wanted, fitted(rows, 0)), std::log(factorOfFew));
    double bestPull = 1;
    double best = std::numeric_limits<double>::infinity();
    for (const double pull : {1.0, 0.1, 0.01, 0.001})
        if (const double error = meanSquare(leftOutErrors(rows, pull)); error < best * 0.95) {
            best = error;
            bestPull = pull;
        }
    return around(dot(wanted, fitted(rows, bestPull)), spreadOf(leftOutErrors(rows, bestPull)));
}

bool teaches(const PastRun& run, const Work& guess) {
    return run.work.size() == guess.size() && dot(run.work, guess) > 0 && run.joules.value > 0 &&
           run.seconds.value > 0;
}

/// Of logarithms, as both intervals are factors. One that claims to be certain is not believed that much.
Forecast combinedOf(const Forecast& a, const Forecast& b) {
    const auto weight = [](const Forecast& forecast) {
        constexpr double surest = 1.01;
        const double width = std::log(std::max(surest, forecast.high / forecast.low));
        return 1 / (width * width);
    };
    if (a.low <= 0 || b.low <= 0)
        return a;
    const double sum = weight(a) + weight(b);
    const double middle = (weight(a) * std::log(a.value) + weight(b) * std::log(b.value)) / sum;
    return around(std::exp(middle), 0.5 / std::sqrt(sum));
}

/// What errors have in common, drawn towards none where there are few.
double biasOf(std::span<const double> errors) {
    const auto n = static_cast<double>(errors.size());
    return errors.empty() ? 0.0 : medianOf({errors.begin(), errors.end()}) * n / (n + 1);
}

/// By the median of the steps' rates: what else the machine did for a moment does not count.
Forecast scaledFrom(std::span<const ProfiledStep> steps, double work, double (*costOf)(const ProfiledStep&),
                    double pastSpread) {
    std::vector<double> rates;
    for (const ProfiledStep& step : steps)
        rates.push_back(costOf(step) / step.work);
    const double rate = medianOf(rates);
    double squares = 0;
    for (const double each : rates)
        squares += rate > 0 ? (each / rate - 1) * (each / rate - 1) : 0.0;
    const auto n = static_cast<double>(steps.size());
    const double own = steps.size() > 1 ? studentT(steps.size() - 1) * std::sqrt(squares / (n - 1) / n) : 0.0;
    return around(rate * work, std::hypot(own, pastSpread));
}

} // namespace

std::optional<CostForecast> forecastFromPast(std::span<const PastRun> past, const Work& work,
                                             const Work& guess) {
    std::vector<PastRun> teachers;
    std::ranges::copy_if(past, std::back_inserter(teachers),
                         [&](const PastRun& run) { return teaches(run, guess); });
    if (teachers.empty() || work.size() != guess.size())
        return std::nullopt;
    CostForecast forecast;
    forecast.joules = forecastOne(teachers, work, guess, [](const PastRun& run) { return run.joules.value; });
    forecast.seconds =
        forecastOne(teachers, work, guess, [](const PastRun& run) { return run.seconds.value; });
    const std::string runs =
        std::to_string(teachers.size()) + (teachers.size() == 1 ? " earlier run" : " earlier runs");
    forecast.method = teachers.size() < fewRuns
                          ? "scaled from " + runs + " of this machine; the interval is a factor of two"
                          : "fitted to " + runs + " of this machine; interval from leaving out one at a time";
    return forecast;
}

std::optional<CostForecast> forecastFromProfile(std::span<const ProfiledStep> steps, double work,
                                                std::span<const double> pastErrors) {
    std::vector<ProfiledStep> told;
    std::ranges::copy_if(steps, std::back_inserter(told),
                         [](const ProfiledStep& step) { return step.work > 0 && step.seconds.value > 0; });
    if (told.empty())
        return std::nullopt;
    constexpr double usual = 0.2; // the first steps of a run cost 10 to 20 % more or less than those to come
    const bool known = pastErrors.size() >= fewRuns;
    const double bias = biasOf(pastErrors);
    std::vector<double> differences;
    differences.reserve(pastErrors.size());
    for (const double error : pastErrors)
        differences.push_back(error - bias);
    const double spread = known ? spreadOf(differences) : std::log1p(usual);
    CostForecast forecast;
    forecast.correction = std::exp(bias);
    forecast.joules = scaledFrom(
        told, work * forecast.correction, [](const ProfiledStep& step) { return step.joules.value; }, spread);
    forecast.seconds = scaledFrom(
        told, work * forecast.correction, [](const ProfiledStep& step) { return step.seconds.value; },
        spread);
    forecast.method = "from a profile of " + std::to_string(told.size()) + " parts" +
                      (pastErrors.empty() ? "" : ", corrected by what earlier ones were off") +
                      "; interval from " +
                      (known ? "how far " + std::to_string(pastErrors.size()) + " earlier profiles differed"
                             : "their spread and +-20 %");
    return forecast;
}

CostForecast combined(const CostForecast& profile, const CostForecast& before) {
    CostForecast both = profile;
    both.joules = combinedOf(profile.joules, before.joules);
    both.seconds = combinedOf(profile.seconds, before.seconds);
    both.correction *= both.joules.value / profile.joules.value;
    both.method += "; weighed with what was expected before: " + before.method;
    return both;
}

std::string toText(const CostForecast& forecast) {
    const Forecast& joules = forecast.joules;
    const Forecast& seconds = forecast.seconds;
    return greenfront::toText(Joules(joules.value)) + " (" + greenfront::toText(Joules(joules.low)) + " to " +
           greenfront::toText(Joules(joules.high)) + ") in " + greenfront::toText(Seconds(seconds.value)) +
           " (" + greenfront::toText(Seconds(seconds.low)) + " to " +
           greenfront::toText(Seconds(seconds.high)) + ")";
}

double Outcome::errorPercent() const {
    return 100.0 * (forecast.value - actual) / actual;
}

bool Outcome::covered() const {
    return forecast.low <= actual && actual <= forecast.high;
}

std::optional<double> medianMagnitude(std::vector<double> values) {
    if (values.empty())
        return std::nullopt;
    for (double& value : values)
        value = std::abs(value);
    return medianOf(std::move(values));
}

std::optional<Calibration> calibrationOf(std::span<const Outcome> outcomes) {
    if (outcomes.empty())
        return std::nullopt;
    std::vector<double> errors;
    double covered = 0;
    for (const Outcome& outcome : outcomes) {
        errors.push_back(outcome.errorPercent());
        covered += outcome.covered() ? 1 : 0;
    }
    return Calibration{outcomes.size(), *medianMagnitude(errors),
                       covered / static_cast<double>(outcomes.size())};
}

} // namespace greenfront::energy
