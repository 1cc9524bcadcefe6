// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/parameter_space.h"
#include "core/search/pareto.h"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace greenfront::search {

/// What became of a trial.
struct Outcome {
    Point objectives{};   ///< one an objective, in its own unit; empty where there are none
    double violation = 0; ///< above 0: breaks a constraint, by how much; infinite where only that is known
    bool failed = false;

    static Outcome failure() { return {.failed = true}; }
    static Outcome infeasible(double violation = std::numeric_limits<double>::infinity()) {
        return {.violation = violation};
    }
    bool feasible() const { return !failed && violation <= 0; }
};

struct Trial {
    std::uint64_t id = 0;
    Assignment assignment;
    Outcome outcome;
};

struct Proposal {
    std::uint64_t id = 0;
    Assignment assignment;
};

struct SearchSetup {
    ParameterSpace space;
    std::vector<Direction> directions; ///< one an objective
    std::uint64_t seed = 0;
    bool repeats = false; ///< may the same assignment be asked for again? Worth it where trials are noisy
};

/// A search method as ask/tell: knows no threads, no clock and no trial's inside. Any number of trials may be
/// in flight, and they may be told in any order.
///
/// What is asked for follows from the seed, the id that it will have, the outcomes told so far, in their
/// order, and what is in flight: no generator's state lies between questions. So a study is taken up by
/// making the same optimiser and calling restore() and tell() for each trial in the order in which they were
/// told, then restore() alone for what was still running; it goes on exactly as it would have.
class Optimiser {
public:
    /// Throws Error where there is no objective.
    explicit Optimiser(SearchSetup setup);
    virtual ~Optimiser() = default;
    Optimiser(const Optimiser&) = delete;
    Optimiser& operator=(const Optimiser&) = delete;

    /// The next trial, in flight from now on; nothing once every assignment has been asked for. Ids count
    /// from 0.
    std::optional<Proposal> ask();
    /// Objectives that are not finite count as a failure. Throws Error where the trial is not in flight or
    /// the number of objectives is another.
    void tell(std::uint64_t id, Outcome outcome);
    /// A trial that an earlier run asked for is in flight again. Throws Error where it is none of the space.
    void restore(std::uint64_t id, Assignment assignment);
    /// Knowledge from elsewhere: a trial that was never asked for here. Returns its id.
    std::uint64_t add(Assignment assignment, Outcome outcome);

    const ParameterSpace& space() const { return setup_.space; }
    const std::vector<Direction>& directions() const { return setup_.directions; }
    const std::vector<Trial>& trials() const { return trials_; } ///< in the order of telling
    const std::map<std::uint64_t, Assignment>& inFlight() const { return inFlight_; }

protected:
    /// A valid assignment; nothing if there is no other. May be called again where it was known already.
    virtual std::optional<Assignment> propose(std::uint64_t id, Rng& rng) = 0;
    /// minimised: the objectives with each to be low; empty unless the trial is feasible.
    virtual void learn(const Trial& /*trial*/, const Point& /*minimised*/) {}
    bool isNew(const Assignment& assignment) const { return !known_.contains(assignment); }
    bool asksOnce() const { return distinct_; }
    /// What another one that knows the same trials would propose, for one that stands on others.
    static std::optional<Assignment> proposalOf(Optimiser& other, std::uint64_t id, Rng& rng) {
        return other.propose(id, rng);
    }

private:
    struct Hash {
        std::size_t operator()(const Assignment& assignment) const;
    };

    std::optional<Assignment> chosen(std::uint64_t id);
    std::optional<Assignment> unseen(const Assignment& near, Rng& rng) const;
    std::optional<Assignment> scanned() const;

    SearchSetup setup_;
    bool distinct_; ///< nothing is asked for twice
    std::uint64_t nextId_ = 0;
    std::map<std::uint64_t, Assignment> inFlight_;
    std::vector<Trial> trials_;
    std::unordered_set<Assignment, Hash> known_;
};

/// "random", "sobol", "grid", "tpe", "nsga2", "evolution", "cma-es", "gp", "parsec".
const std::vector<std::string>& optimiserNames();
/// The options of a method, with their defaults; throws Error for a method that does not exist.
const Schema& optimiserSchema(const std::string& method);
/// options: of the method's schema. Throws Error.
std::unique_ptr<Optimiser> makeOptimiser(const std::string& method, SearchSetup setup,
                                         const Json& options = Json::object());

} // namespace greenfront::search
