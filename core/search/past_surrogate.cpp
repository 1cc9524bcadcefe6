// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/past_surrogate.h"

#include "core/search/trial_ranking.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr std::size_t mostFitted = 100;
constexpr int fitSteps = 30;

} // namespace

std::vector<std::size_t> representativeTrials(const CarriedTask& task, std::size_t most) {
    std::vector<Standing> standings;
    standings.reserve(task.normalised.size());
    for (const Point& point : task.normalised)
        standings.push_back({.minimised = point});
    std::vector<const Standing*> pointers;
    pointers.reserve(standings.size());
    for (const Standing& standing : standings)
        pointers.push_back(&standing);
    const auto ranked = bestFirst(pointers);
    const std::size_t best = ranked.size() <= most ? ranked.size() : (most + 1) / 2;
    std::vector<std::size_t> chosen;
    chosen.reserve(std::min(most, ranked.size()));
    for (std::size_t i = 0; i < best; ++i)
        chosen.push_back(ranked[i].index);
    const std::size_t rest = ranked.size() - best;
    const std::size_t wanted = std::min(most - best, rest);
    for (std::size_t i = 0; i < wanted; ++i)
        chosen.push_back(ranked[best + (2 * i + 1) * rest / (2 * wanted)].index);
    return chosen;
}

PastSurrogate::PastSurrogate(const ParameterSpace& space, const CarriedTask& task)
    : encoding_(space, task.shared) {
    const auto chosen = representativeTrials(task, mostFitted);
    std::vector<Assignment> assignments;
    assignments.reserve(chosen.size());
    for (const std::size_t index : chosen)
        assignments.push_back(task.assignments[index]);
    const auto places = encoding_(space, assignments);
    const auto trials = static_cast<double>(task.normalised.size());
    for (std::size_t objective = 0; objective < task.normalised.front().size(); ++objective) {
        double mean = 0;
        for (const Point& point : task.normalised)
            mean += point[objective] / trials;
        double squares = 0;
        for (const Point& point : task.normalised)
            squares += (point[objective] - mean) * (point[objective] - mean) / trials;
        means_.push_back(mean);
        deviations_.push_back(squares > 0 ? std::sqrt(squares) : 1);
        std::vector<double> values;
        values.reserve(chosen.size());
        for (const std::size_t index : chosen)
            values.push_back(task.normalised[index][objective]);
        processes_.emplace_back(encoding_.dimensions());
        processes_.back().fit(places, values, fitSteps);
    }
}

std::vector<std::vector<Gaussian>> PastSurrogate::predict(const ParameterSpace& space,
                                                          std::span<const Assignment> assignments) const {
    const auto places = encoding_(space, assignments);
    std::vector<std::vector<Gaussian>> result;
    result.reserve(processes_.size());
    for (const GaussianProcess& process : processes_)
        result.push_back(process.predict(places));
    return result;
}

std::vector<std::vector<Gaussian>>
PastSurrogate::standardised(const ParameterSpace& space, std::span<const Assignment> assignments) const {
    auto result = predict(space, assignments);
    for (std::size_t objective = 0; objective < result.size(); ++objective)
        for (auto& [mean, deviation] : result[objective]) {
            mean = (mean - means_[objective]) / deviations_[objective];
            deviation /= deviations_[objective];
        }
    return result;
}

} // namespace greenfront::search
