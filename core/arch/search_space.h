// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/base/metric.h"
#include "core/base/random.h"

#include <memory>
#include <optional>

namespace greenfront::arch {

/// One choice: what is chosen, and from which values. Values ascend in cost.
struct Gene {
    std::string name; ///< "stage1.depth", "stage1.block0.kernel"
    std::vector<int> values;
};

/// Named choices. A genotype decodes to exactly one network; genes that a choice makes idle (of blocks beyond
/// the depth) are 0 in its canonical form, so equal networks have equal canonical genotypes.
class SearchSpace {
public:
    virtual ~SearchSpace() = default;

    virtual const std::vector<Gene>& genes() const = 0;
    /// The network; layers that share weights in a supernet have the same name whatever the choices.
    virtual Network decode(const Genotype& genotype) const = 0;
    virtual Genotype canonical(Genotype genotype) const = 0;
    /// Which genes another choice makes idle, of a canonical genotype.
    virtual std::vector<bool> idle(const Genotype& genotype) const;
    /// How many different networks there are.
    virtual double count() const = 0;
    /// The gene that chooses height and width of the input, where the space has one.
    virtual std::optional<std::size_t> resolutionGene() const { return std::nullopt; }
    /// What makeSpace() rebuilds it from.
    virtual Json toJson() const = 0;

    Genotype smallest() const;
    Genotype largest() const;
    Genotype random(Rng& rng) const;
    /// Throws Error unless there is one valid choice a gene.
    void check(const Genotype& genotype) const;
};

/// {"kind": "mbconv-small", ...}; throws Error for anything unknown or out of bounds.
std::shared_ptr<const SearchSpace> makeSpace(const Json& json);
/// The kinds of spaces that there are.
std::vector<std::string> spaceKinds();
/// A space of a kind, scaled to the input.
Json proposedSpace(const std::string& kind, Shape input, int classes);
/// As study new proposes it: mbconv-small for images, mlp for rows of numbers ([features, 1, 1]).
Json defaultSpace(Shape input, int classes);

} // namespace greenfront::arch
