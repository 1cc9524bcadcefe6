// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/search/pagmo_oracle.h"

#include <pagmo/algorithm.hpp>
#include <pagmo/algorithms/nsga2.hpp>
#include <pagmo/population.hpp>
#include <pagmo/problem.hpp>
#include <pagmo/problems/dtlz.hpp>
#include <pagmo/problems/zdt.hpp>
#include <pagmo/utils/hypervolume.hpp>
#include <pagmo/utils/multi_objective.hpp>

namespace greenfront::testing {
namespace {

pagmo::problem problemOf(const std::string& name) {
    if (name == "dtlz2")
        return pagmo::problem(pagmo::dtlz(2, 12, 3));
    return pagmo::problem(pagmo::zdt(static_cast<unsigned>(name.back() - '0'), 30));
}

/// A problem that remembers what it was asked.
struct Recorded {
    pagmo::problem inner;
    std::vector<std::vector<double>>* points = nullptr;

    pagmo::vector_double fitness(const pagmo::vector_double& variables) const {
        auto values = inner.fitness(variables);
        points->push_back(values);
        return values;
    }
    std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const { return inner.get_bounds(); }
    pagmo::vector_double::size_type get_nobj() const { return inner.get_nobj(); }
};

/// Any function of whole numbers, whose values are kept in their order.
struct OnWholeNumbers {
    std::function<std::vector<double>(const std::vector<double>&)> function;
    std::size_t variables = 1;
    int choices = 2;
    std::size_t objectives = 1;
    std::vector<std::vector<double>>* points = nullptr;

    pagmo::vector_double fitness(const pagmo::vector_double& at) const {
        points->push_back(function(at));
        return points->back();
    }
    std::pair<pagmo::vector_double, pagmo::vector_double> get_bounds() const {
        return {pagmo::vector_double(variables, 0), pagmo::vector_double(variables, choices - 1)};
    }
    pagmo::vector_double::size_type get_nobj() const { return objectives; }
    pagmo::vector_double::size_type get_nix() const { return variables; }
};

} // namespace

std::vector<double> pagmoFitness(const std::string& problem, const std::vector<double>& variables) {
    return problemOf(problem).fitness(variables);
}

std::vector<std::vector<double>> pagmoNsga2(const std::string& problem, unsigned evaluations, unsigned seed) {
    constexpr unsigned population = 52; // it asks for a multiple of four
    std::vector<std::vector<double>> points;
    pagmo::population members(pagmo::problem(Recorded{problemOf(problem), &points}), population, seed);
    pagmo::algorithm(pagmo::nsga2(evaluations / population, 0.95, 10, 0.01, 50, seed)).evolve(members);
    points.resize(std::min<std::size_t>(points.size(), evaluations));
    return points;
}

std::vector<std::vector<double>>
pagmoNsga2(const std::function<std::vector<double>(const std::vector<double>&)>& fitness,
           std::size_t variables, int choices, std::size_t objectives, unsigned evaluations, unsigned seed) {
    constexpr unsigned population = 20;
    std::vector<std::vector<double>> points;
    const OnWholeNumbers problem{fitness, variables, choices, objectives, &points};
    pagmo::population members(pagmo::problem(problem), population, seed);
    pagmo::algorithm(
        pagmo::nsga2(evaluations / population, 0.95, 10, 1.0 / static_cast<double>(variables), 50, seed))
        .evolve(members);
    points.resize(std::min<std::size_t>(points.size(), evaluations));
    return points;
}

std::vector<int> pagmoRanks(const std::vector<std::vector<double>>& points) {
    const auto sorted = pagmo::fast_non_dominated_sorting(points);
    std::vector<int> ranks;
    for (const auto rank : std::get<3>(sorted))
        ranks.push_back(static_cast<int>(rank));
    return ranks;
}

double pagmoHypervolume(const std::vector<std::vector<double>>& points,
                        const std::vector<double>& reference) {
    return pagmo::hypervolume(points, true).compute(reference);
}

std::vector<double> pagmoContributions(const std::vector<std::vector<double>>& points,
                                       const std::vector<double>& reference) {
    return pagmo::hypervolume(points, true).contributions(reference);
}

std::vector<double> pagmoCrowding(const std::vector<std::vector<double>>& front) {
    return pagmo::crowding_distance(front);
}

} // namespace greenfront::testing
