// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/base/random.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace greenfront::search {

struct EvolutionOptions {
    std::size_t population = 100;
    double parents = 0.25; ///< of the population: the best of all so far
    double mutants = 0.5;  ///< of the children; the others are crossed
    double mutation = 0.1; ///< a gene
};

/// The evolution of once-for-all networks (Cai et al. 2020, section 3.4), as ask/tell: one score that is to
/// be high, and networks that break a constraint are drawn again. A generation at a time.
class Evolution {
public:
    /// choices: how many values each gene has. canonical: maps equal networks to one genotype. feasible: does
    /// a canonical genotype keep all constraints? Throws Error where an option is out of range.
    Evolution(std::vector<int> choices, EvolutionOptions options, std::uint64_t seed,
              std::function<Genotype(Genotype)> canonical, std::function<bool(const Genotype&)> feasible);

    /// Genotypes that stand in the first generation, as far as they are feasible.
    void seedWith(std::vector<Genotype> genotypes) { seeds_ = std::move(genotypes); }
    /// The next generation, canonical and feasible; fewer or none where too few are found by chance.
    std::vector<Genotype> ask();
    /// One score for each that was asked for last, in that order.
    void tell(std::span<const double> scores);
    /// Of all that was told.
    std::optional<std::pair<Genotype, double>> best() const;

private:
    Genotype random();
    Genotype mutant();
    Genotype crossed();
    int anyChoice(std::size_t gene) {
        return static_cast<int>(rng_.below(static_cast<std::size_t>(choices_[gene])));
    }
    const Genotype& anyParent() { return parents_[rng_.below(parents_.size())].first; }

    std::vector<int> choices_;
    EvolutionOptions options_;
    Rng rng_;
    std::function<Genotype(Genotype)> canonical_;
    std::function<bool(const Genotype&)> feasible_;
    std::vector<Genotype> seeds_, asked_;
    std::vector<std::pair<Genotype, double>> parents_; ///< the best first
};

} // namespace greenfront::search
