// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/gp_optimiser.h"

#include "core/search/acquisition.h"
#include "core/search/expected_hypervolume.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr int fitSteps = 40;
constexpr std::size_t mostForKernel = 80;
constexpr std::size_t mostStarts = 8;
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
    : Optimiser(std::move(setup)), settings_(settings), encoding_(space()) {}

void GpOptimiser::learn(const Trial& trial, const Point& minimised) {
    standings_.push_back(standingOf(trial, minimised));
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
    std::vector<Assignment> assignments;
    std::vector<Point> results;
    for (const std::size_t index : feasible) {
        assignments.push_back(trials()[index].assignment);
        results.push_back(standings_[index].minimised);
    }
    results = scaled(std::move(results));
    const std::vector<double> places = encoding_(space(), assignments);
    assignments.clear();
    for (const auto& [id, assignment] : inFlight())
        assignments.push_back(assignment);
    const std::vector<double> flying = encoding_(space(), assignments);
    std::vector<double> allPlaces = places;
    allPlaces.insert(allPlaces.end(), flying.begin(), flying.end());
    results.resize(feasible.size() + inFlight().size(), Point(directions().size()));
    for (std::size_t objective = 0; objective < directions().size(); ++objective) {
        std::vector<double> values;
        for (std::size_t i = 0; i < feasible.size(); ++i)
            values.push_back(results[i][objective]);
        GaussianProcess& process = model.objectives.emplace_back(encoding_.dimensions());
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
    std::vector<Assignment> assignments;
    std::vector<double> broken;
    for (const std::size_t index : chosen) {
        assignments.push_back(trials()[index].assignment);
        broken.push_back(standings_[index].feasible() ? -1 : 1);
        if (standings_[index].feasible())
            feasible.push_back(index);
    }
    model.starts.assign(assignments.begin(), assignments.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                       mostStarts, assignments.size())));
    if (!feasible.empty() && feasible.size() < chosen.size())
        fitWell(model.feasibility.emplace(encoding_.dimensions()), encoding_(space(), assignments), broken);
    if (feasible.size() >= 2)
        learnObjectives(model, feasible);
    return model;
}

std::vector<double> GpOptimiser::improvements(const Model& model,
                                              std::span<const Assignment> candidates) const {
    const std::vector<double> places = encoding_(space(), candidates);
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

std::optional<Assignment> GpOptimiser::propose(std::uint64_t /*id*/, Rng& rng) {
    if (standings_.size() < settings_.startup)
        return space().sample(rng);
    const Model model = this->model();
    const auto scores = [&](std::span<const Assignment> candidates) {
        return improvements(model, candidates);
    };
    auto best = climbed(space(), model.starts, settings_.candidates - model.starts.size(), scores, rng);
    return best ? best : space().sample(rng);
}

} // namespace greenfront::search
