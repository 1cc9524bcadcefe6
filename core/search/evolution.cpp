// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/evolution.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>

namespace greenfront::search {

Evolution::Evolution(std::vector<int> choices, EvolutionOptions options, std::uint64_t seed,
                     std::function<Genotype(Genotype)> canonical,
                     std::function<bool(const Genotype&)> feasible)
    : choices_(std::move(choices)),
      options_(options),
      rng_(seed),
      canonical_(std::move(canonical)),
      feasible_(std::move(feasible)) {
    const auto share = [](double value) { return value >= 0 && value <= 1; };
    if (choices_.empty() || options.population < 2 || !share(options.parents) || !share(options.mutants) ||
        !share(options.mutation))
        throw Error("search", "by evolution",
                    "a share is not between 0 and 1, or there is nothing to choose");
}

Genotype Evolution::random() {
    Genotype genotype;
    for (std::size_t gene = 0; gene < choices_.size(); ++gene)
        genotype.push_back(anyChoice(gene));
    return genotype;
}

Genotype Evolution::mutant() {
    Genotype genotype = anyParent();
    for (std::size_t gene = 0; gene < choices_.size(); ++gene)
        if (rng_.chance(options_.mutation))
            genotype[gene] = anyChoice(gene);
    return genotype;
}

Genotype Evolution::crossed() {
    Genotype genotype = anyParent();
    const Genotype& other = anyParent();
    for (std::size_t gene = 0; gene < choices_.size(); ++gene)
        if (rng_.chance(0.5))
            genotype[gene] = other[gene];
    return genotype;
}

std::vector<Genotype> Evolution::ask() {
    asked_.clear();
    for (Genotype& seed : seeds_)
        if (Genotype one = canonical_(std::move(seed)); feasible_(one))
            asked_.push_back(std::move(one));
    seeds_.clear();
    const auto mutants =
        static_cast<std::size_t>(std::lround(options_.mutants * static_cast<double>(options_.population)));
    // Where hardly any network is feasible, chance alone finds none.
    const std::size_t tries = 1000 * options_.population;
    for (std::size_t i = 0; i < tries && asked_.size() < options_.population; ++i) {
        Genotype one = canonical_(parents_.empty()          ? random()
                                  : asked_.size() < mutants ? mutant()
                                                            : crossed());
        if (feasible_(one))
            asked_.push_back(std::move(one));
    }
    return asked_;
}

void Evolution::tell(std::span<const double> scores) {
    for (std::size_t i = 0; i < asked_.size() && i < scores.size(); ++i)
        parents_.emplace_back(std::move(asked_[i]), scores[i]);
    asked_.clear();
    std::ranges::stable_sort(parents_, std::greater<>(), &std::pair<Genotype, double>::second);
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    parents_.erase(std::unique(parents_.begin(), parents_.end(), same), parents_.end());
    const auto most = static_cast<std::size_t>(
        std::max(1L, std::lround(options_.parents * static_cast<double>(options_.population))));
    parents_.resize(std::min(parents_.size(), most));
}

std::optional<std::pair<Genotype, double>> Evolution::best() const {
    return parents_.empty() ? std::nullopt : std::optional(parents_.front());
}

} // namespace greenfront::search
