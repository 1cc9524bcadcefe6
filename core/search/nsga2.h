// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/random.h"
#include "core/search/pareto.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace greenfront::search {

struct Nsga2Options {
    int population = 32;
    double crossover = 0.9;
    std::optional<double> mutation; ///< a gene; 1 / genes if absent
};

/// NSGA-II (Deb et al. 2002) over choice indices, as ask/tell: knows no threads, no clock, no model.
/// Parents are the best of all that was told so far, chosen anew after each tell: there are no generations to
/// wait for, so any number of genotypes may be asked for before the first of them is told.
/// Never asks for a genotype twice, nor for one that it was told before.
class Nsga2 {
public:
    /// choices: how many values each gene has. canonical: maps equal networks to one genotype, and that
    /// genotype to itself. Throws Error where there is nothing to choose or an option is out of range.
    Nsga2(std::vector<int> choices, std::vector<Direction> directions, Nsga2Options options,
          std::uint64_t seed, std::function<Genotype(Genotype)> canonical = {});

    /// Genotypes that will be asked for before any random ones: the smallest and largest network, say.
    void seedWith(const std::vector<Genotype>& genotypes);
    /// A new genotype in canonical form; an empty one if no new one is left within reach: the space is
    /// exhausted, or what is left of it is out for evaluation.
    Genotype ask();
    /// Any genotype, asked for or not; told again, the later objectives count. Objectives with a NaN stand
    /// for an infeasible network and rank behind all others. Throws Error where the sizes do not fit.
    void tell(const Genotype& genotype, Point objectives);
    /// All that was told, canonical, in that order; telling it to a new object of the same seed, options and
    /// seedWith() restores the search. What was out for evaluation may then be asked for again.
    const std::vector<std::pair<Genotype, Point>>& told() const { return told_; }

private:
    struct Parent {
        std::size_t index; ///< in told_
        int rank;
        double crowding;
    };

    Genotype canonicalOf(const Genotype& genotype) const;
    bool isNew(const Genotype& genotype) const;
    Genotype nextSeed();
    Genotype newOffspring(Rng& rng);
    Genotype newRandom(Rng& rng);
    Genotype nextUnseen();
    Genotype offspring(Rng& rng);
    void changeGene(Genotype& genotype, std::size_t gene, Rng& rng) const;
    const Genotype& tournament(Rng& rng);
    const std::vector<Parent>& parents();

    std::vector<int> choices_;
    std::vector<Direction> directions_;
    Nsga2Options options_;
    double mutation_;
    std::uint64_t seed_;
    std::function<Genotype(Genotype)> canonical_;
    std::deque<Genotype> seeds_;
    std::vector<std::pair<Genotype, Point>> told_;
    std::map<Genotype, std::size_t> known_; ///< index in told_
    std::set<Genotype> pending_;            ///< asked for and not yet told
    std::vector<Parent> parents_;           ///< empty once something new was told
    std::optional<Genotype> scan_;          ///< where nextUnseen() goes on; nothing at the end
};

} // namespace greenfront::search
