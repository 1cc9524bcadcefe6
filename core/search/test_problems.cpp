// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/test_problems.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace greenfront::search {
namespace {

constexpr double pi = std::numbers::pi;

double distanceOf(std::span<const double> x) {
    const double sum = std::accumulate(x.begin() + 1, x.end(), 0.0);
    return 1 + 9 * sum / static_cast<double>(x.size() - 1);
}

Point zdt1(std::span<const double> x) {
    const double g = distanceOf(x);
    return {x[0], g * (1 - std::sqrt(x[0] / g))};
}

Point zdt2(std::span<const double> x) {
    const double g = distanceOf(x);
    return {x[0], g * (1 - x[0] / g * (x[0] / g))};
}

Point zdt3(std::span<const double> x) {
    const double g = distanceOf(x);
    return {x[0], g * (1 - std::sqrt(x[0] / g) - x[0] / g * std::sin(10 * pi * x[0]))};
}

Point dtlz2(std::span<const double> x) {
    double g = 0;
    for (const double value : x.subspan(2))
        g += (value - 0.5) * (value - 0.5);
    const double a = x[0] * pi / 2;
    const double b = x[1] * pi / 2;
    return {(1 + g) * std::cos(a) * std::cos(b), (1 + g) * std::cos(a) * std::sin(b), (1 + g) * std::sin(a)};
}

} // namespace

const std::vector<TestProblem>& testProblems() {
    static const std::vector<TestProblem> problems{{"zdt1", 30, {11, 11}, zdt1},
                                                   {"zdt2", 30, {11, 11}, zdt2},
                                                   {"zdt3", 30, {11, 11}, zdt3},
                                                   {"dtlz2", 12, {1.1, 1.1, 1.1}, dtlz2}};
    return problems;
}

ParameterSpace spaceOf(const TestProblem& problem) {
    std::vector<SpaceParameter> parameters;
    for (std::size_t i = 0; i < problem.variables; ++i)
        parameters.push_back({.name = "x" + std::to_string(i + 1)});
    return ParameterSpace(std::move(parameters));
}

std::vector<Point> evaluated(const TestProblem& problem, const std::string& method, std::size_t budget,
                             std::uint64_t seed, const Json& options) {
    const std::vector<Direction> directions(problem.reference.size(), Direction::Minimise);
    const auto optimiser = makeOptimiser(method, {spaceOf(problem), directions, seed}, options);
    std::vector<Point> points;
    while (points.size() < budget) {
        const auto proposal = optimiser->ask();
        if (!proposal)
            break;
        points.push_back(problem.evaluate(proposal->assignment.values));
        optimiser->tell(proposal->id, {.objectives = points.back()});
    }
    return points;
}

} // namespace greenfront::search
