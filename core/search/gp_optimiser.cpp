// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/gp_optimiser.h"

#include "core/search/expected_hypervolume.h"
#include "core/search/variation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr int fitSteps = 40;
constexpr std::size_t mostForKernel = 80;
constexpr int climbs = 12;        ///< rounds of looking around the best candidates
constexpr std::size_t kept = 8;   ///< candidates that are looked around
constexpr std::size_t around = 6; ///< looks at each
constexpr double reference = 1.1; ///< of the hypervolume, where results lie from 0 to 1

/// Each objective from 0 for the best of these results to 1 for the worst.
std::vector<Point> scaled(std::vector<Point> results) {
    for (std::size_t objective = 0; objective < results.front().size(); ++objective) {
        const auto at = [objective](const Point& point) { return point[objective]; };
        const double low = at(*std::ranges::min_element(results, {}, at));
        const double range = std::max(at(*std::ranges::max_element(results, {}, at)) - low, 1e-300);
        for (Point& result : results)
            result[objective] = (result[objective] - low) / range;
    }
    return results;
}

/// The kernel's parameters from some of the results, as each step costs the cube of their number; what it
/// knows from all.
void fitWell(GaussianProcess& process, const std::vector<double>& places, std::span<const double> values) {
    if (values.size() <= mostForKernel) {
        process.fit(places, values, fitSteps);
        return;
    }
    const auto dimensions = static_cast<std::ptrdiff_t>(places.size() / values.size());
    std::vector<double> somePlaces, someValues;
    for (std::size_t i = 0; i < mostForKernel; ++i) {
        const std::size_t index = i * values.size() / mostForKernel;
        const auto from = places.begin() + static_cast<std::ptrdiff_t>(index) * dimensions;
        somePlaces.insert(somePlaces.end(), from, from + dimensions);
        someValues.push_back(values[index]);
    }
    process.fit(std::move(somePlaces), someValues, fitSteps);
    process.fit(places, values, 0);
}

} // namespace

struct GpOptimiser::Model {
    std::vector<GaussianProcess> objectives; ///< none where there is nothing to learn of yet
    std::optional<ExpectedHypervolume> expected;
    std::optional<GaussianProcess> feasibility; ///< below 0 where feasible; none where all are, or none is
    std::vector<Assignment> starts;             ///< the best trials
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

/// One process an objective, and what is expected to be gained beyond the results. Trials in flight count as
/// if they had what is expected of them.
void GpOptimiser::learnObjectives(Model& model, std::span<const std::size_t> feasible) const {
    std::vector<double> places;
    std::vector<Point> results;
    for (const std::size_t index : feasible) {
        encode(trials()[index].assignment, places);
        results.push_back(standings_[index].minimised);
    }
    results = scaled(std::move(results));
    std::vector<double> flying;
    for (const auto& [id, assignment] : inFlight())
        encode(assignment, flying);
    std::vector<double> allPlaces = places;
    allPlaces.insert(allPlaces.end(), flying.begin(), flying.end());
    results.resize(feasible.size() + inFlight().size(), Point(directions().size()));
    for (std::size_t objective = 0; objective < directions().size(); ++objective) {
        std::vector<double> values;
        for (std::size_t i = 0; i < feasible.size(); ++i)
            values.push_back(results[i][objective]);
        GaussianProcess& process = model.objectives.emplace_back(dimensions());
        fitWell(process, places, values);
        if (flying.empty())
            continue;
        for (const auto& prediction : process.predict(flying)) {
            results[values.size()][objective] = prediction.mean;
            values.push_back(prediction.mean);
        }
        process.fit(allPlaces, values, 0);
    }
    const std::vector<Direction> down(directions().size(), Direction::Minimise);
    model.expected.emplace(results, down, Point(directions().size(), reference));
}

GpOptimiser::Model GpOptimiser::model() const {
    const auto chosen = chosenTrials();
    Model model;
    std::vector<std::size_t> feasible;
    std::vector<double> places, broken;
    for (const std::size_t index : chosen) {
        encode(trials()[index].assignment, places);
        broken.push_back(standings_[index].feasible() ? -1 : 1);
        if (standings_[index].feasible())
            feasible.push_back(index);
        if (model.starts.size() < kept)
            model.starts.push_back(trials()[index].assignment);
    }
    if (!feasible.empty() && feasible.size() < chosen.size())
        fitWell(model.feasibility.emplace(dimensions()), places, broken);
    if (feasible.size() >= 2)
        learnObjectives(model, feasible);
    return model;
}

std::vector<double> GpOptimiser::improvements(const Model& model,
                                              std::span<const Assignment> candidates) const {
    std::vector<double> places;
    for (const Assignment& candidate : candidates)
        encode(candidate, places);
    std::vector<double> scores(candidates.size(), 1.0);
    if (model.expected) {
        std::vector<std::vector<Gaussian>> predictions(candidates.size());
        for (const GaussianProcess& process : model.objectives) {
            const auto one = process.predict(places);
            for (std::size_t i = 0; i < one.size(); ++i)
                predictions[i].push_back(one[i]);
        }
        for (std::size_t i = 0; i < scores.size(); ++i)
            scores[i] = model.expected->improvement(predictions[i]);
    }
    if (model.feasibility) {
        const auto predictions = model.feasibility->predict(places);
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
    return climbed(model(), rng);
}

} // namespace greenfront::search
