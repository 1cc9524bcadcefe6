// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/search/categoricals.h"

namespace greenfront::study {

/// The networks of a space that are within a limit on their multiply-accumulates, as a distribution over the
/// space's choices draws them.
class Architectures {
public:
    /// most: multiply-accumulates of a sample, those of the smallest network at least.
    Architectures(std::shared_ptr<const arch::SearchSpace> space, double most);

    const arch::SearchSpace& space() const { return *space_; }
    double most() const { return most_; }
    double macsOf(const Genotype& genotype) const;
    /// Every choice as probable as any other.
    search::Categoricals even() const;
    /// Drawn again until it is within the limit; canonical. Where hardly anything that the distribution draws
    /// is, an even draw. Throws Error where nothing is.
    Genotype draw(const search::Categoricals& distribution, Rng& rng) const;
    /// With the idle ones marked, of a canonical genotype.
    search::Choices choicesOf(const Genotype& genotype) const;
    /// Of those within the limit: exactly where the distribution's mode is, else among many draws.
    Genotype mostProbable(const search::Categoricals& distribution) const;

private:
    std::shared_ptr<const arch::SearchSpace> space_;
    double most_;
};

/// What half of a space's networks, drawn at random, do not exceed.
double medianMacs(const arch::SearchSpace& space);

} // namespace greenfront::study
