// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/transfer.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace greenfront::testing {

/// A made-up task over five mixed parameters: a bowl in the parameters' own scales, steeper in some, plus a
/// price for the wrong category, in a unit of its own. Tasks are related where their optima are near.
struct MadeUpTask {
    std::array<double, 4> optimum{}; ///< on [0, 1]: rate, momentum, layers, width
    std::size_t category = 0;
    double offset = 0, unit = 1;

    /// 0 at the optimum, whatever the unit.
    double regret(const search::ParameterSpace& space, const search::Assignment& assignment) const {
        const auto place = space.toUnit(assignment);
        constexpr std::array<double, 4> steepness{4, 1, 1.5, 0.7};
        double sum = 0;
        for (std::size_t i = 0; i < 4; ++i)
            sum += steepness[i] * (place[i] - optimum[i]) * (place[i] - optimum[i]);
        sum += (place[0] - optimum[0]) * (place[1] - optimum[1]); // the two go together
        return sum + (assignment.values[4] == static_cast<double>(category) ? 0.0 : 0.3);
    }
    double value(const search::ParameterSpace& space, const search::Assignment& assignment) const {
        return offset + unit * regret(space, assignment);
    }
};

inline search::ParameterSpace mixedSpace() {
    return search::parameterSpaceFromJson(Json::parse(R"({"parameters": [
        {"name": "rate", "low": 1e-5, "high": 1, "distribution": "log"},
        {"name": "momentum", "low": 0, "high": 0.99},
        {"name": "layers", "type": "integer", "low": 1, "high": 12},
        {"name": "width", "type": "ordinal", "values": [8, 16, 32, 64, 128, 256, 512]},
        {"name": "activation", "type": "categorical", "values": ["relu", "gelu", "tanh"]}]})"));
}

/// One of a family: optima lie around (0.7, 0.8, 0.3, 0.6) with this deviation.
inline MadeUpTask relatedTask(Rng& rng, double shift = 0.05) {
    MadeUpTask task{{0.7, 0.8, 0.3, 0.6}, 1, rng.uniform(-5, 5), std::pow(10, rng.uniform(-2, 2))};
    for (double& place : task.optimum)
        place = std::clamp(place + shift * rng.normal(), 0.0, 1.0);
    return task;
}

/// Optima anywhere.
inline MadeUpTask unrelatedTask(Rng& rng) {
    MadeUpTask task{{}, rng.below(3), rng.uniform(-5, 5), std::pow(10, rng.uniform(-2, 2))};
    for (double& place : task.optimum)
        place = rng.uniform();
    return task;
}

/// At the other end of the space from the family.
inline MadeUpTask opposedTask(Rng& rng) {
    MadeUpTask task = relatedTask(rng);
    for (double& place : task.optimum)
        place = std::fmod(place + 0.5, 1.0);
    task.category = 2;
    return task;
}

/// So many random trials of a task.
inline search::PastTask tried(const MadeUpTask& task, const std::string& name, std::size_t count, Rng& rng) {
    search::PastTask past{name, mixedSpace(), {Direction::Minimise}, {}};
    for (std::size_t i = 0; i < count; ++i) {
        search::Trial trial{i, past.space.sample(rng), {}};
        trial.outcome.objectives = {task.value(past.space, trial.assignment)};
        past.trials.push_back(std::move(trial));
    }
    return past;
}

template <class Make>
search::History historyOf(Make make, std::size_t tasks, std::size_t trials, Rng& rng) {
    search::History history;
    for (std::size_t i = 0; i < tasks; ++i)
        history.tasks.push_back(tried(make(rng), "study " + std::to_string(i), trials, rng));
    return history;
}

/// The least regret after each of so many trials.
inline std::vector<double> regrets(search::Optimiser& optimiser, const MadeUpTask& task, int budget) {
    std::vector<double> least;
    double best = std::numeric_limits<double>::max();
    for (int i = 0; i < budget; ++i) {
        const auto proposal = optimiser.ask();
        optimiser.tell(proposal->id, {.objectives = {task.value(optimiser.space(), proposal->assignment)}});
        best = std::min(best, task.regret(optimiser.space(), proposal->assignment));
        least.push_back(best);
    }
    return least;
}

inline double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

} // namespace greenfront::testing
