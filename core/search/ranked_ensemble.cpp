// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/ranked_ensemble.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr int fitSteps = 40;
constexpr std::size_t draws = 400;
constexpr std::size_t mostStarts = 8;

double deviationOf(std::span<const double> values, double mean) {
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    return squares > 0 ? std::sqrt(squares / static_cast<double>(values.size())) : 1;
}

/// The probability of being feasible, by a process over which trials were.
class Feasibility {
public:
    Feasibility(const ParameterSpace& space, const Observations& observed)
        : encoding_(space), process_(encoding_.dimensions()), certain_(observed.barred.empty()) {
        if (certain_)
            return;
        std::vector<Assignment> all = observed.assignments;
        all.insert(all.end(), observed.barred.begin(), observed.barred.end());
        std::vector<double> signs(observed.assignments.size(), -1.0);
        signs.resize(all.size(), 1.0);
        process_.fit(encoding_(space, all), signs, fitSteps);
    }

    void weigh(const ParameterSpace& space, std::span<const Assignment> candidates,
               std::vector<double>& scores) const {
        if (certain_)
            return;
        const auto predictions = process_.predict(encoding_(space, candidates));
        for (std::size_t i = 0; i < scores.size(); ++i)
            scores[i] *= normalShare(-predictions[i].mean / predictions[i].deviation);
    }

private:
    UnitEncoding encoding_;
    GaussianProcess process_;
    bool certain_;
};

Point idealOf(std::span<const Predictions> predictions) {
    Point ideal;
    ideal.reserve(predictions.size());
    for (const Predictions& objective : predictions)
        ideal.push_back(std::ranges::min(objective, {}, &Gaussian::mean).mean);
    return ideal;
}

Point pointOf(std::span<const Predictions> predictions, std::size_t index) {
    Point point;
    point.reserve(predictions.size());
    for (const Predictions& objective : predictions)
        point.push_back(objective[index].mean);
    return point;
}

} // namespace

RankedEnsemble::RankedEnsemble(const ParameterSpace& space, std::span<const PastSurrogate> past,
                               const std::vector<std::vector<std::vector<double>>>& pastMeans,
                               const Observations& observed, std::uint64_t seed)
    : past_(past), encoding_(space) {
    const auto places = encoding_(space, observed.assignments);
    for (std::size_t objective = 0; objective < observed.minimised.front().size(); ++objective) {
        std::vector<double> values = observed.objective(objective);
        means_.push_back(std::accumulate(values.begin(), values.end(), 0.0) /
                         static_cast<double>(values.size()));
        deviations_.push_back(deviationOf(values, means_.back()));
        for (double& value : values)
            value = (value - means_.back()) / deviations_.back();
        own_.emplace_back(encoding_.dimensions());
        own_.back().fit(places, values, fitSteps);
        std::vector<double> leftOut;
        leftOut.reserve(values.size());
        for (const auto& prediction : own_.back().leaveOneOut())
            leftOut.push_back(prediction.mean);
        std::vector<std::vector<double>> predicted;
        predicted.reserve(pastMeans.size());
        for (const auto& task : pastMeans)
            predicted.push_back(task[objective]);
        Rng rng(seed, observed.minimised.size());
        weights_.push_back(rankWeights(predicted, leftOut, values, rng));
    }
}

bool RankedEnsemble::isOwnAlone() const {
    return std::ranges::all_of(weights_, [](const RankWeights& weights) { return weights.own >= 1; });
}

std::vector<Predictions> RankedEnsemble::predict(const ParameterSpace& space,
                                                 std::span<const Assignment> assignments) const {
    const auto places = encoding_(space, assignments);
    std::vector<Predictions> result;
    result.reserve(own_.size());
    for (std::size_t objective = 0; objective < own_.size(); ++objective) {
        Predictions& mixed = result.emplace_back(own_[objective].predict(places));
        for (auto& [mean, deviation] : mixed) {
            mean *= weights_[objective].own;
            deviation = std::pow(weights_[objective].own * deviation, 2);
        }
    }
    for (std::size_t task = 0; task < past_.size(); ++task) {
        const auto counts = [&](const RankWeights& weights) { return weights.past[task] > 0; };
        if (std::ranges::none_of(weights_, counts))
            continue;
        const auto predicted = past_[task].standardised(space, assignments);
        for (std::size_t objective = 0; objective < result.size(); ++objective)
            for (std::size_t i = 0; i < assignments.size(); ++i) {
                const double weight = weights_[objective].past[task];
                result[objective][i].mean += weight * predicted[objective][i].mean;
                result[objective][i].deviation += std::pow(weight * predicted[objective][i].deviation, 2);
            }
    }
    for (Predictions& objective : result)
        for (auto& prediction : objective)
            prediction.deviation = std::sqrt(prediction.deviation);
    return result;
}

void RankedEnsemble::imagine(const ParameterSpace& space, const Observations& observed) {
    if (observed.inFlight.empty())
        return;
    const auto expected = predict(space, observed.inFlight);
    std::vector<Assignment> all = observed.assignments;
    all.insert(all.end(), observed.inFlight.begin(), observed.inFlight.end());
    const auto places = encoding_(space, all);
    for (std::size_t objective = 0; objective < own_.size(); ++objective) {
        std::vector<double> values = observed.objective(objective);
        for (double& value : values)
            value = (value - means_[objective]) / deviations_[objective];
        for (const auto& prediction : expected[objective])
            values.push_back(prediction.mean);
        own_[objective].fit(places, values, 0);
    }
}

std::optional<Assignment> suggested(RankedEnsemble ensemble, const ParameterSpace& space,
                                    const Observations& observed,
                                    const std::function<bool(const Assignment&)>& isNew, Rng& rng) {
    const auto believed = ensemble.predict(space, observed.assignments);
    const Folding folding = drawnFolding(idealOf(believed), rng);
    std::vector<std::pair<double, std::size_t>> known;
    known.reserve(observed.assignments.size());
    for (std::size_t i = 0; i < observed.assignments.size(); ++i)
        known.emplace_back(folding(pointOf(believed, i)), i);
    std::ranges::sort(known);
    std::vector<Assignment> starts;
    for (std::size_t i = 0; i < std::min(mostStarts, known.size()); ++i)
        starts.push_back(observed.assignments[known[i].second]);
    ensemble.imagine(space, observed);
    const Feasibility feasibility(space, observed);
    const auto scores = [&](std::span<const Assignment> candidates) {
        auto values =
            expectedImprovements(ensemble.predict(space, candidates), folding, known.front().first, 0, rng);
        feasibility.weigh(space, candidates, values);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (!isNew(candidates[i]))
                values[i] = -1;
        return values;
    };
    return climbed(space, std::move(starts), draws, scores, rng);
}

} // namespace greenfront::search
