// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/architectures.h"

#include "core/base/error.h"
#include "core/base/statistics.h"

namespace greenfront::study {
namespace {

double macs(const arch::SearchSpace& space, const Genotype& genotype) {
    return arch::networkCosts(space.decode(genotype)).macs;
}

} // namespace

Architectures::Architectures(std::shared_ptr<const arch::SearchSpace> space, double most)
    : space_(std::move(space)), most_(most) {}

double Architectures::macsOf(const Genotype& genotype) const {
    return macs(*space_, genotype);
}

search::Categoricals Architectures::even() const {
    std::vector<std::size_t> counts;
    counts.reserve(space_->genes().size());
    for (const arch::Gene& gene : space_->genes())
        counts.push_back(gene.values.size());
    return search::Categoricals::even(counts);
}

Genotype Architectures::draw(const search::Categoricals& distribution, Rng& rng) const {
    constexpr int tries = 1000;
    for (const search::Categoricals& from : {distribution, even()})
        for (int i = 0; i < tries; ++i)
            if (Genotype genotype = space_->canonical(from.draw(rng)); macsOf(genotype) <= most_)
                return genotype;
    throw Error("draw", "a network within the limit on its cost",
                "none of " + std::to_string(tries) + " evenly drawn networks was within it", "Allow more");
}

search::Choices Architectures::choicesOf(const Genotype& genotype) const {
    search::Choices choices = genotype;
    const std::vector<bool> idle = space_->idle(genotype);
    for (std::size_t gene = 0; gene < choices.size(); ++gene)
        if (idle[gene])
            choices[gene] = search::idleChoice;
    return choices;
}

Genotype Architectures::mostProbable(const search::Categoricals& distribution) const {
    Genotype best = space_->canonical(distribution.mode());
    if (macsOf(best) <= most_)
        return best;
    constexpr int draws = 1000;
    Rng rng(1);
    best = draw(distribution, rng);
    double highest = distribution.logProbability(choicesOf(best));
    for (int i = 1; i < draws; ++i) {
        Genotype genotype = draw(distribution, rng);
        if (const double each = distribution.logProbability(choicesOf(genotype)); each > highest) {
            highest = each;
            best = std::move(genotype);
        }
    }
    return best;
}

double medianMacs(const arch::SearchSpace& space) {
    constexpr std::size_t draws = 256;
    Rng rng(1);
    std::vector<double> costs;
    costs.reserve(draws);
    while (costs.size() < draws)
        costs.push_back(macs(space, space.random(rng)));
    return quantileOf(std::move(costs), 0.5);
}

} // namespace greenfront::study
