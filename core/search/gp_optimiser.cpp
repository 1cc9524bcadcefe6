// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/gp_optimiser.h"

#include "core/search/variation.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr int fitSteps = 40;
constexpr int climbs = 12;            ///< rounds of looking around the best candidates
constexpr std::size_t kept = 8;       ///< candidates that are looked around
constexpr std::size_t around = 6;     ///< looks at each
constexpr double augmentation = 0.05; ///< ParEGO's rho

double expectedImprovement(const GaussianProcess::Prediction& prediction, double best) {
    const double z = (best - prediction.mean) / prediction.deviation;
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
    return prediction.deviation * std::max(0.0, z * normalShare(z) + density);
}

} // namespace

struct GpOptimiser::Model {
    GaussianProcess objective, feasibility;
    double best = 0;
    bool objectives = false, constraints = false; ///< is there anything to learn of them?
    std::vector<Assignment> starts;               ///< the best trials
};

GpOptimiser::GpOptimiser(SearchSetup setup, GpSettings settings)
    : Optimiser(std::move(setup)), settings_(settings) {}

void GpOptimiser::learn(const Trial& trial, const Point& minimised) {
    standings_.push_back(standingOf(trial, minimised));
}

std::size_t GpOptimiser::dimensions() const {
    std::size_t sum = 0;
    for (std::size_t i = 0; i < space().size(); ++i)
        sum += space().isCategorical(i) ? space().cells(i) : 1;
    return sum;
}

void GpOptimiser::encode(const Assignment& assignment, std::vector<double>& into) const {
    for (std::size_t i = 0; i < space().size(); ++i) {
        const double value = assignment.values[i];
        if (!space().isCategorical(i)) {
            into.push_back(std::isnan(value) ? 0.5 : space().unitOf(i, value));
            continue;
        }
        for (std::size_t category = 0; category < space().cells(i); ++category)
            into.push_back(value == static_cast<double>(category) ? 1 : 0);
    }
}

/// The best first.
std::vector<std::size_t> GpOptimiser::chosenTrials() const {
    std::vector<const Standing*> all;
    for (const Standing& standing : standings_)
        all.push_back(&standing);
    std::vector<std::size_t> chosen;
    std::vector<bool> taken(all.size(), false);
    for (const Ranked& ranked : bestFirst(all))
        if (chosen.size() < settings_.mostTrials / 2 || all.size() <= settings_.mostTrials) {
            chosen.push_back(ranked.index);
            taken[ranked.index] = true;
        }
    for (std::size_t i = all.size(); i > 0 && chosen.size() < settings_.mostTrials; --i)
        if (!taken[i - 1])
            chosen.push_back(i - 1);
    return chosen;
}

std::vector<double> GpOptimiser::folded(std::span<const std::size_t> feasible, Rng& rng) const {
    const std::size_t objectives = directions().size();
    std::vector<double> weights;
    for (std::size_t i = 0; i < objectives; ++i)
        weights.push_back(objectives == 1 ? 1 : -std::log(1 - rng.uniform()));
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<double> values(feasible.size(), 0.0);
    std::vector<double> sums(feasible.size(), 0.0);
    for (std::size_t objective = 0; objective < objectives; ++objective) {
        double low = INFINITY;
        double high = -INFINITY;
        for (const std::size_t index : feasible) {
            low = std::min(low, standings_[index].minimised[objective]);
            high = std::max(high, standings_[index].minimised[objective]);
        }
        for (std::size_t i = 0; i < feasible.size(); ++i) {
            const double share =
                (standings_[feasible[i]].minimised[objective] - low) / std::max(high - low, 1e-300);
            const double part = weights[objective] / total * share;
            values[i] = objective == 0 ? part : std::max(values[i], part);
            sums[i] += part;
        }
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] += objectives == 1 ? 0 : augmentation * sums[i];
    return values;
}

GpOptimiser::Model GpOptimiser::model(Rng& rng) const {
    const auto chosen = chosenTrials();
    Model model{GaussianProcess(dimensions()), GaussianProcess(dimensions()), 0, false, false, {}};
    std::vector<std::size_t> feasible;
    std::vector<double> places, allPlaces, allowed;
    for (const std::size_t index : chosen) {
        const bool good = standings_[index].feasible();
        encode(trials()[index].assignment, allPlaces);
        allowed.push_back(good ? -1 : 1);
        if (good) {
            feasible.push_back(index);
            encode(trials()[index].assignment, places);
        }
        if (model.starts.size() < kept)
            model.starts.push_back(trials()[index].assignment);
    }
    model.constraints = !feasible.empty() && feasible.size() < chosen.size();
    model.objectives = feasible.size() >= 2;
    if (model.constraints)
        model.feasibility.fit(std::move(allPlaces), allowed, fitSteps);
    if (!model.objectives)
        return model;
    std::vector<double> values = folded(feasible, rng);
    model.best = std::ranges::min(values);
    model.objective.fit(places, values, fitSteps);
    if (inFlight().empty())
        return model;
    std::vector<double> flying;
    for (const auto& [id, assignment] : inFlight())
        encode(assignment, flying);
    for (const auto& prediction : model.objective.predict(flying))
        values.push_back(prediction.mean);
    places.insert(places.end(), flying.begin(), flying.end());
    model.objective.fit(std::move(places), values, 0);
    return model;
}

std::vector<double> GpOptimiser::improvements(const Model& model,
                                              std::span<const Assignment> candidates) const {
    std::vector<double> places;
    for (const Assignment& candidate : candidates)
        encode(candidate, places);
    std::vector<double> scores(candidates.size(), 1.0);
    if (model.objectives) {
        const auto predictions = model.objective.predict(places);
        for (std::size_t i = 0; i < scores.size(); ++i)
            scores[i] = expectedImprovement(predictions[i], model.best);
    }
    if (model.constraints) {
        const auto predictions = model.feasibility.predict(places);
        for (std::size_t i = 0; i < scores.size(); ++i)
            scores[i] *= normalShare(-predictions[i].mean / predictions[i].deviation);
    }
    for (std::size_t i = 0; i < scores.size(); ++i)
        if (!isNew(candidates[i]))
            scores[i] = -1;
    return scores;
}

Assignment GpOptimiser::climbed(const Model& model, Rng& rng) const {
    std::vector<Assignment> candidates = model.starts;
    while (candidates.size() < settings_.candidates)
        candidates.push_back(space().sample(rng));
    double index = 5;
    for (int round = 0;; ++round) {
        const auto scores = improvements(model, candidates);
        std::vector<std::size_t> order(candidates.size());
        std::iota(order.begin(), order.end(), std::size_t(0));
        std::ranges::stable_sort(order, std::greater<>(), [&](std::size_t i) { return scores[i]; });
        if (round == climbs)
            return candidates[order.front()];
        std::vector<Assignment> next;
        for (std::size_t i = 0; i < std::min(kept, order.size()); ++i) {
            const Assignment& centre = candidates[order[i]];
            next.push_back(centre);
            for (std::size_t look = 0; look < around; ++look) {
                Assignment other = centre;
                changeOne(space(), other, rng, index);
                if (look % 2 == 1)
                    changeOne(space(), other, rng, index);
                next.push_back(std::move(other));
            }
        }
        candidates = std::move(next);
        index *= 1.5; // ever smaller steps
    }
}

std::optional<Assignment> GpOptimiser::propose(std::uint64_t /*id*/, Rng& rng) {
    if (standings_.size() < settings_.startup)
        return space().sample(rng);
    return climbed(model(rng), rng);
}

} // namespace greenfront::search
