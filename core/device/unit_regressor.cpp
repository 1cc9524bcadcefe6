// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/unit_regressor.h"

#include "core/device/ridge.h"

#include <algorithm>
#include <cmath>

namespace greenfront::device {
namespace {

constexpr std::size_t neighbours = 4;
constexpr double strength = 0.05; ///< of the ridge, on standardised features
constexpr double fewest = 3;      ///< samples that an error can be told from

/// In logarithms, so that a multiple is a distance.
std::vector<double> featuresOf(const FusedUnit& unit) {
    const auto log = [](double value) { return std::log1p(value); };
    return {1.0,
            log(unit.macs()),
            log(unit.bytes()),
            log(unit.weightBytes()),
            log(unit.input.channels),
            log(unit.output.channels),
            log(static_cast<double>(unit.output.height) * unit.output.width),
            log(unit.kernel * unit.kernel),
            static_cast<double>(unit.stride),
            static_cast<double>(std::ranges::count(unit.then, '+')) + (unit.then.empty() ? 0.0 : 1.0),
            unit.then.find("swish") != std::string::npos ? 1.0 : 0.0};
}

double product(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

double squaredDistance(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (a[i] - b[i]) * (a[i] - b[i]);
    return sum;
}

} // namespace

std::vector<double> UnitRegressor::standardised(const Kind& kind, std::vector<double> features) {
    for (std::size_t i = 1; i < features.size(); ++i)
        features[i] = (features[i] - kind.centre[i]) / kind.scale[i];
    return features;
}

std::vector<std::pair<double, const UnitRegressor::Sample*>>
UnitRegressor::nearest(const Kind& kind, const std::vector<double>& features, const Sample* leftOut) {
    std::vector<std::pair<double, const Sample*>> found;
    for (const Sample& sample : kind.samples)
        if (&sample != leftOut)
            found.emplace_back(squaredDistance(features, sample.features), &sample);
    const std::size_t count = std::min(neighbours, found.size());
    std::ranges::partial_sort(found, found.begin() + static_cast<std::ptrdiff_t>(count), {},
                              [](const auto& each) { return each.first; });
    found.resize(count);
    return found;
}

double UnitRegressor::logTime(const Kind& kind, const std::vector<double>& features, const Sample* leftOut) {
    double rest = 0;
    double total = 0;
    for (const auto& [distance, sample] : nearest(kind, features, leftOut)) {
        const double weight = 1 / (distance + 1e-9);
        rest += weight * sample->rest;
        total += weight;
    }
    return product(features, kind.weights) + (total > 0 ? rest / total : 0);
}

UnitRegressor::Kind UnitRegressor::fit(std::vector<std::pair<std::vector<double>, double>> samples) {
    Kind kind;
    const auto count = static_cast<double>(samples.size());
    const std::size_t width = samples.front().first.size();
    kind.centre.assign(width, 0.0);
    kind.scale.assign(width, 1.0);
    for (std::size_t i = 1; i < width; ++i) {
        for (const auto& [features, time] : samples)
            kind.centre[i] += features[i] / count;
        double variance = 0;
        for (const auto& [features, time] : samples)
            variance += (features[i] - kind.centre[i]) * (features[i] - kind.centre[i]) / count;
        if (variance > 1e-12)
            kind.scale[i] = std::sqrt(variance);
    }
    std::vector<std::vector<double>> rows;
    std::vector<double> targets;
    for (auto& [features, time] : samples) {
        rows.push_back(standardised(kind, std::move(features)));
        targets.push_back(time);
    }
    kind.weights = ridge(rows, targets, strength);
    for (std::size_t i = 0; i < rows.size(); ++i)
        kind.samples.push_back({rows[i], targets[i], targets[i] - product(rows[i], kind.weights), 1});
    if (count >= fewest)
        for (Sample& sample : kind.samples)
            sample.error = std::abs(std::expm1(logTime(kind, sample.features, &sample) - sample.logTime));
    return kind;
}

UnitRegressor::UnitRegressor(std::span<const UnitTime> measured) {
    std::map<std::string, std::vector<std::pair<std::vector<double>, double>>> byKind;
    for (const UnitTime& each : measured)
        byKind[each.unit.kind].emplace_back(featuresOf(each.unit), std::log(each.time.value));
    for (auto& [name, samples] : byKind)
        kinds_.emplace(name, fit(std::move(samples)));
}

std::optional<Seconds> UnitRegressor::predict(const FusedUnit& unit) const {
    const auto found = kinds_.find(unit.kind);
    if (found == kinds_.end())
        return std::nullopt;
    const Kind& kind = found->second;
    return Seconds(std::exp(logTime(kind, standardised(kind, featuresOf(unit)), nullptr)));
}

double UnitRegressor::errorNear(const FusedUnit& unit) const {
    const auto found = kinds_.find(unit.kind);
    if (found == kinds_.end() || static_cast<double>(found->second.samples.size()) < fewest)
        return 1;
    double sum = 0;
    const auto near = nearest(found->second, standardised(found->second, featuresOf(unit)), nullptr);
    for (const auto& [distance, sample] : near)
        sum += sample->error;
    return sum / static_cast<double>(near.size());
}

std::vector<double> UnitRegressor::heldOutErrors() const {
    std::vector<double> errors;
    for (const auto& [name, kind] : kinds_)
        for (const Sample& sample : kind.samples)
            errors.push_back(sample.error);
    return errors;
}

} // namespace greenfront::device
