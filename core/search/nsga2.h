// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/search/pareto.h"

#include <functional>

namespace greenfront::search {

struct Nsga2Options {
    int population = 32;
    double crossover = 0.9;
    std::optional<double> mutation; ///< a gene; 1 / genes if absent
};

/// NSGA-II (Deb et al. 2002) over choice indices, as ask/tell: knows no threads, no clock, no model.
/// Never asks for a genotype that it was told before, as long as the space has others within reach.
class Nsga2 {
public:
    /// choices: how many values each gene has. canonical: maps equal networks to one genotype.
    Nsga2(std::vector<int> choices, std::vector<Direction> directions, Nsga2Options options,
          std::uint64_t seed, std::function<Genotype(Genotype)> canonical = {});

    /// Genotypes that will be asked for before any random ones: the smallest and largest network, say.
    void seedWith(std::vector<Genotype> genotypes);
    Genotype ask();
    void tell(const Genotype& genotype, Point objectives);
    /// All that was told; telling it to a new object of the same seed restores the search.
    const std::vector<std::pair<Genotype, Point>>& told() const { return told_; }

private:
    Genotype offspring();
    Genotype randomGenotype();
    std::vector<std::size_t> survivors() const;

    std::vector<int> choices_;
    std::vector<Direction> directions_;
    Nsga2Options options_;
    std::function<Genotype(Genotype)> canonical_;
    Rng rng_;
    std::vector<Genotype> seeds_;
    std::vector<std::pair<Genotype, Point>> told_;
};

} // namespace greenfront::search
