// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/optimiser.h"

#include "core/base/error.h"
#include "core/search/variation.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace greenfront::search {
namespace {

constexpr int proposals = 8;
constexpr int neighbours = 64;
constexpr int randomDraws = 256;
constexpr double mostScanned = 1 << 20;

/// Beyond this many assignments chance does not repeat one.
constexpr double mostDistinct = 1e15;

void checkAssignment(const ParameterSpace& space, const Assignment& assignment) {
    if (const auto reason = space.fault(assignment))
        throw Error("use", "a known trial", *reason, "Take trials of the same search space");
}

[[noreturn]] void refuseTrial(std::uint64_t id, const std::string& reason) {
    throw Error("tell the search", "of trial " + std::to_string(id), reason);
}

} // namespace

std::size_t Optimiser::Hash::operator()(const Assignment& assignment) const {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const double value : assignment.values) {
        const auto bits = std::isnan(value) ? 0 : std::bit_cast<std::uint64_t>(value + 0.0);
        hash = (hash ^ bits ^ (bits >> 32)) * 0x100000001b3ULL;
    }
    return static_cast<std::size_t>(hash ^ (hash >> 29));
}

Optimiser::Optimiser(SearchSetup setup)
    : setup_(std::move(setup)), distinct_(!setup_.repeats && setup_.space.cardinality() <= mostDistinct) {
    if (setup_.directions.empty())
        throw Error("search", "the space", "there is no objective", "Choose at least one objective");
}

std::optional<Proposal> Optimiser::ask() {
    const std::uint64_t id = nextId_;
    auto assignment = chosen(id);
    if (!assignment)
        return std::nullopt;
    ++nextId_;
    known_.insert(*assignment);
    inFlight_.emplace(id, *assignment);
    return Proposal{id, std::move(*assignment)};
}

std::optional<Assignment> Optimiser::chosen(std::uint64_t id) {
    Rng rng(setup_.seed, id);
    std::optional<Assignment> assignment;
    for (int attempt = 0; attempt < proposals; ++attempt) {
        assignment = propose(id, rng);
        if (!assignment || !distinct_ || isNew(*assignment))
            return assignment;
    }
    return unseen(*assignment, rng);
}

/// Around what the method wants everything may be known: then a neighbour, then anything.
std::optional<Assignment> Optimiser::unseen(const Assignment& near, Rng& rng) const {
    for (int attempt = 0; attempt < neighbours; ++attempt) {
        Assignment other = near;
        for (int changes = 0; changes <= attempt / 16; ++changes)
            changeOne(space(), other, rng);
        if (isNew(other))
            return other;
    }
    for (int attempt = 0; attempt < randomDraws; ++attempt)
        if (Assignment other = space().sample(rng); isNew(other))
            return other;
    return scanned();
}

std::optional<Assignment> Optimiser::scanned() const {
    if (space().cardinality() > mostScanned)
        return space().fromUnit(std::vector<double>(space().size(), 0.5)); // chance has not found a new one
    GridWalk walk(space(), 1);
    for (auto assignment = walk.next(); assignment; assignment = walk.next())
        if (isNew(*assignment))
            return assignment;
    return std::nullopt;
}

void Optimiser::tell(std::uint64_t id, Outcome outcome) {
    const auto found = inFlight_.find(id);
    if (found == inFlight_.end())
        refuseTrial(id, "it is not in flight");
    const auto finite = [](double value) { return std::isfinite(value); };
    if (!std::ranges::all_of(outcome.objectives, finite))
        outcome = Outcome::failure();
    if (std::isnan(outcome.violation))
        outcome.violation = std::numeric_limits<double>::infinity();
    const bool missing = outcome.objectives.size() != setup_.directions.size();
    if (missing && (outcome.feasible() || !outcome.objectives.empty()))
        refuseTrial(id, "it has " + std::to_string(outcome.objectives.size()) +
                            " objectives and the search " + std::to_string(setup_.directions.size()));
    trials_.push_back({id, std::move(found->second), std::move(outcome)});
    inFlight_.erase(found);
    const Outcome& told = trials_.back().outcome;
    learn(trials_.back(), told.feasible() ? minimised(told.objectives, setup_.directions) : Point());
}

void Optimiser::restore(std::uint64_t id, Assignment assignment) {
    checkAssignment(space(), assignment);
    known_.insert(assignment);
    if (!inFlight_.emplace(id, std::move(assignment)).second)
        refuseTrial(id, "it is in flight already");
    nextId_ = std::max(nextId_, id + 1);
}

std::uint64_t Optimiser::add(Assignment assignment, Outcome outcome) {
    const std::uint64_t id = nextId_;
    restore(id, std::move(assignment));
    tell(id, std::move(outcome));
    return id;
}

} // namespace greenfront::search
