// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/draw.h"

#include <cmath>

namespace greenfront::train {

Genotype drawOpen(const arch::SearchSpace& space, const Openness& open, Rng& rng) {
    Genotype genotype = space.largest();
    for (std::size_t gene = 0; gene < genotype.size(); ++gene) {
        const auto values = static_cast<int>(space.genes()[gene].values.size());
        const int choices = gene == space.resolutionGene() ? values : std::min(values, open[gene]);
        genotype[gene] = values - 1 - static_cast<int>(rng.below(static_cast<std::uint64_t>(choices)));
    }
    return genotype;
}

std::vector<Genotype> drawSandwich(const arch::SearchSpace& space, int randomNetworks, Rng& rng) {
    std::vector<Genotype> genotypes{space.largest()};
    if (space.smallest() == space.largest())
        return genotypes;
    for (int i = 0; i < randomNetworks; ++i)
        genotypes.push_back(space.random(rng));
    genotypes.push_back(space.smallest());
    return genotypes;
}

void drawResolution(const arch::SearchSpace& space, std::span<Genotype> genotypes, Rng& rng) {
    const auto gene = space.resolutionGene();
    if (!gene)
        return;
    const auto resolution = static_cast<int>(rng.below(space.genes()[*gene].values.size()));
    for (Genotype& genotype : genotypes)
        genotype[*gene] = resolution;
}

std::vector<Genotype> drawCandidates(const arch::SearchSpace& space, const Genotype& like, Rng& rng) {
    constexpr std::size_t wanted = 3;
    constexpr int trials = 60;
    constexpr double tolerance = 0.1;
    const auto draw = [&] {
        Genotype genotype = space.random(rng);
        if (const auto gene = space.resolutionGene())
            genotype[*gene] = like[*gene];
        return genotype;
    };
    const auto macsOf = [&](const Genotype& genotype) {
        return arch::networkCosts(space.decode(genotype)).macs;
    };
    std::vector<Genotype> found{draw()};
    const double target = macsOf(found.front());
    for (int trial = 0; trial < trials && found.size() < wanted; ++trial) {
        Genotype other = draw();
        if (std::abs(macsOf(other) - target) <= tolerance * target)
            found.push_back(std::move(other));
    }
    return found;
}

std::vector<arch::Network> decodeAll(const arch::SearchSpace& space, std::span<const Genotype> genotypes) {
    std::vector<arch::Network> networks;
    networks.reserve(genotypes.size());
    for (const Genotype& genotype : genotypes)
        networks.push_back(space.decode(genotype));
    return networks;
}

} // namespace greenfront::train
