// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/scale.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace greenfront::search {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// 10^decimals of the number's shortest text, so that 3 steps of 0.1 give 0.3; 0 where that is no use.
double decimalsOf(double number) {
    const std::string text = numberText(number);
    if (text.find('e') != std::string::npos)
        return 0;
    const auto point = text.find('.');
    const auto digits = point == std::string::npos ? 0 : text.size() - point - 1;
    return digits > 12 ? 0 : std::pow(10.0, static_cast<double>(digits));
}

double tidyFactor(double step, double origin) {
    const double a = decimalsOf(step);
    const double b = decimalsOf(origin);
    return a > 0 && b > 0 ? std::max(a, b) : 0;
}

} // namespace

double normalShare(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normalQuantile(double share) {
    // A rational start (Abramowitz and Stegun 26.2.23), then Halley's method on the distribution function.
    const double tail = std::min(share, 1 - share);
    const double t = std::sqrt(-2 * std::log(tail));
    double z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) /
                         (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
    for (int i = 0; i < 3; ++i) {
        const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
        const double step = (normalShare(z) - tail) / density;
        z -= step / (1 + 0.5 * z * step);
    }
    return share <= 0.5 ? z : -z;
}

Scale Scale::ofIndices(std::size_t count) {
    return between(0, static_cast<double>(count) - 1, 1, false);
}

Scale Scale::between(double low, double high, double step, bool logarithmic) {
    Scale scale;
    scale.first_ = low;
    scale.last_ = high;
    if (step > 0) {
        // Half a step more on both sides gives the ends as much room as the others have.
        const double steps = std::floor((high - low) / step * (1 + 1e-12));
        scale.decimals_ = tidyFactor(step, low);
        scale.step_ = step;
        scale.origin_ = low;
        scale.last_ = scale.rounded(low + steps * step);
        low -= logarithmic ? std::min(step, low) / 2 : step / 2;
        high = scale.last_ + step / 2;
    }
    scale.distribution_ = logarithmic ? Distribution::Log : Distribution::Uniform;
    scale.a_ = logarithmic ? std::log(low) : low;
    scale.b_ = logarithmic ? std::log(high) : high;
    return scale;
}

Scale Scale::roundedBetween(double low, double high, double quantum, bool logarithmic) {
    Scale scale = between(low, high, 0, logarithmic);
    scale.step_ = quantum;
    scale.decimals_ = tidyFactor(quantum, 0);
    scale.first_ = scale.rounded(low);
    scale.last_ = scale.rounded(high);
    return scale;
}

Scale Scale::around(double mean, double deviation, double quantum, bool logarithmic) {
    Scale scale;
    scale.distribution_ = logarithmic ? Distribution::LogNormal : Distribution::Normal;
    scale.a_ = mean;
    scale.b_ = deviation;
    scale.step_ = quantum;
    scale.decimals_ = quantum > 0 ? tidyFactor(quantum, 0) : 0;
    scale.first_ = logarithmic ? 0 : -infinity;
    scale.last_ = infinity;
    return scale;
}

double Scale::rounded(double value) const {
    const double result = origin_ + std::round((value - origin_) / step_) * step_;
    return decimals_ > 0 && std::abs(result) * decimals_ < 1e15 ? std::round(result * decimals_) / decimals_
                                                                : result;
}

double Scale::value(double unit) const {
    double value = 0;
    if (distribution_ == Distribution::Uniform || distribution_ == Distribution::Log)
        value = a_ + (b_ - a_) * unit;
    else
        value = a_ + b_ * normalQuantile(std::clamp(unit, 0x1p-54, 1 - 0x1p-53));
    if (distribution_ == Distribution::Log || distribution_ == Distribution::LogNormal)
        value = std::exp(value);
    if (step_ > 0)
        value = rounded(value);
    return std::clamp(value, first_, last_);
}

double Scale::share(double value) const {
    if (distribution_ == Distribution::Log || distribution_ == Distribution::LogNormal)
        value = value > 0 ? std::log(value) : -infinity;
    if (distribution_ == Distribution::Uniform || distribution_ == Distribution::Log)
        return std::clamp((value - a_) / (b_ - a_), 0.0, 1.0);
    return normalShare((value - a_) / b_);
}

double Scale::unit(double value) const {
    return step_ > 0 ? (share(value - step_ / 2) + share(value + step_ / 2)) / 2 : share(value);
}

double Scale::width(double value) const {
    return step_ > 0 ? share(value + step_ / 2) - share(value - step_ / 2) : 0;
}

std::size_t Scale::cells() const {
    if (step_ == 0 || !std::isfinite(first_) || !std::isfinite(last_))
        return 0;
    return static_cast<std::size_t>(std::llround((last_ - first_) / step_)) + 1;
}

double Scale::valueOfCell(std::size_t cell) const {
    return rounded(first_ + static_cast<double>(cell) * step_);
}

bool Scale::contains(double value) const {
    if (!std::isfinite(value) || value < first_ || value > last_)
        return false;
    return step_ == 0 || std::abs(value - rounded(value)) <= 1e-9 * step_;
}

} // namespace greenfront::search
