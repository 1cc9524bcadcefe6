// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

#include <span>
#include <vector>

namespace greenfront::train {

/// How many of a gene's values may be chosen, counted from the largest; one for each gene of a space.
using Openness = std::vector<int>;

/// A network that differs from the largest in open choices only. The gene of the resolution is always open.
Genotype drawOpen(const arch::SearchSpace& space, const Openness& open, Rng& rng);

/// The largest network, random ones and the smallest (Yu et al. 2020): the largest alone where the space has
/// no other.
std::vector<Genotype> drawSandwich(const arch::SearchSpace& space, int randomNetworks, Rng& rng);

/// Sets one resolution, drawn at random, where the space has several: networks of a step see the same images
/// (Cai et al. 2020).
void drawResolution(const arch::SearchSpace& space, std::span<Genotype> genotypes, Rng& rng);

/// Three random networks of this one's resolution whose multiply-accumulates are within a tenth of the
/// first's, fewer if they are hard to find: what attentive sampling (Wang et al. 2021) chooses from.
std::vector<Genotype> drawCandidates(const arch::SearchSpace& space, const Genotype& like, Rng& rng);

std::vector<arch::Network> decodeAll(const arch::SearchSpace& space, std::span<const Genotype> genotypes);

} // namespace greenfront::train
