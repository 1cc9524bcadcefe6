// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"

namespace greenfront::arch {

/// One network of another space, to be trained alone. Its only gene has one value.
class SingleSpace final : public SearchSpace {
public:
    /// Throws Error unless the genotype is one of the space.
    SingleSpace(std::shared_ptr<const SearchSpace> space, Genotype genotype);

    const std::vector<Gene>& genes() const override { return genes_; }
    Network decode(const Genotype& genotype) const override;
    Genotype canonical(Genotype genotype) const override;
    double count() const override { return 1; }
    /// {"kind": "single", "space": {...}, "genotype": [...]}
    Json toJson() const override;

private:
    std::shared_ptr<const SearchSpace> space_;
    Genotype genotype_;
    std::vector<Gene> genes_{{"network", {1}}};
};

/// Reads toJson() again; throws Error naming what is missing.
std::shared_ptr<const SearchSpace> singleSpaceFromJson(const Json& json);

} // namespace greenfront::arch
