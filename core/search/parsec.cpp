// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/parsec.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace greenfront::search {
namespace {

constexpr std::size_t mostCells = 4096;
/// An earlier trial that stands for less than this share of a new one is left out: it would cost time only.
constexpr double leastMass = 1e-3;

/// As probable as the space says.
Categoricals priorOf(const ParameterSpace& space) {
    std::vector<std::vector<double>> shares(space.size());
    for (std::size_t i = 0; i < space.size(); ++i) {
        const std::size_t cells = space.cells(i);
        if (cells == 0 || cells > mostCells)
            throw Error("search", "by the method 'parsec'",
                        "the parameter '" + space[i].name + "' " +
                            (cells == 0 ? "is continuous" : "has more than 4,096 values"),
                        "Give it a list of values or a larger step, or take another method");
        shares[i].reserve(cells);
        for (std::size_t cell = 0; cell < cells; ++cell)
            shares[i].push_back(
                std::max(1e-9, space.widthOf(i, space.valueOfCell(i, cell)))); // of a rare value at the edge
    }
    return Categoricals(std::move(shares));
}

/// The larger the better; minus infinity for what is not feasible.
std::vector<double> scoresOf(std::span<const Standing* const> standings) {
    std::vector<double> scores(standings.size(), -std::numeric_limits<double>::infinity());
    for (const Ranked& ranked : bestFirst(standings)) {
        const Standing& standing = *standings[ranked.index];
        if (standing.feasible())
            scores[ranked.index] = standing.minimised.size() == 1 ? -standing.minimised.front()
                                                                  : -static_cast<double>(ranked.rank);
    }
    return scores;
}

} // namespace

ParsecOptimiser::ParsecOptimiser(SearchSetup setup, ParsecSettings settings)
    : Optimiser(std::move(setup)), settings_(settings), distribution_(priorOf(space())) {}

std::size_t ParsecOptimiser::generationSize() const {
    return drawsFor(distribution_, settings_.least, settings_.most);
}

Assignment ParsecOptimiser::mode() const {
    Rng unused(0);
    return assignmentOf(distribution_.mode(), unused);
}

/// Every choice has a value, so that nothing is drawn; those that others make inactive are cleared.
Assignment ParsecOptimiser::assignmentOf(const Choices& choices, Rng& rng) const {
    Assignment assignment;
    assignment.values.reserve(choices.size());
    for (std::size_t i = 0; i < choices.size(); ++i)
        assignment.values.push_back(space().valueOfCell(i, static_cast<std::size_t>(choices[i])));
    space().settle(assignment, rng);
    return assignment;
}

Choices ParsecOptimiser::choicesOf(const Assignment& assignment) const {
    Choices choices(space().size(), idleChoice);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        const double value = assignment.values[i];
        if (std::isnan(value))
            continue;
        std::size_t low = 0; // values ascend from cell to cell
        std::size_t high = space().cells(i) - 1;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            const double between = (space().valueOfCell(i, middle) + space().valueOfCell(i, middle + 1)) / 2;
            (value <= between ? high : low) = value <= between ? middle : middle + 1;
        }
        choices[i] = static_cast<int>(low);
    }
    return choices;
}

std::optional<Assignment> ParsecOptimiser::propose(std::uint64_t /*id*/, Rng& rng) {
    return assignmentOf(distribution_.draw(rng), rng);
}

void ParsecOptimiser::learn(const Trial& trial, const Point& minimised) {
    generation_.push_back({choicesOf(trial.assignment), standingOf(trial, minimised), 0});
    if (generation_.size() < generationSize())
        return;
    move();
    if (asksOnce())
        std::ranges::move(generation_, std::back_inserter(earlier_));
    generation_.clear();
}

/// The generation's trials, and the earlier ones that still have a probability.
std::vector<ParsecOptimiser::Member> ParsecOptimiser::members() const {
    std::vector<double> masses;
    masses.reserve(earlier_.size());
    double known = 0;
    for (const Member& member : earlier_) {
        masses.push_back(std::exp(distribution_.logProbability(member.choices)));
        known += masses.back();
    }
    const double each = std::max(0.0, 1 - known) / static_cast<double>(generation_.size());
    std::vector<Member> members = generation_;
    for (Member& member : members)
        member.mass = std::max(each, 1e-6);
    for (std::size_t i = 0; i < earlier_.size(); ++i)
        if (masses[i] > leastMass * each) {
            members.push_back(earlier_[i]);
            members.back().mass = masses[i];
        }
    return members;
}

void ParsecOptimiser::move() {
    const std::vector<Member> all = members();
    std::vector<const Standing*> standings;
    std::vector<double> masses;
    standings.reserve(all.size());
    masses.reserve(all.size());
    for (const Member& member : all) {
        standings.push_back(&member.standing);
        masses.push_back(member.mass);
    }
    std::vector<double> scores = scoresOf(standings);
    standardise(scores, masses);
    const std::vector<double> weights = importanceWeights(scores, settings_.temperature, masses);
    std::vector<WeightedChoices> draws;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (weights[i] > 0)
            draws.push_back({all[i].choices, weights[i]});
    distribution_.move(draws, settings_.rate);
}

} // namespace greenfront::search
