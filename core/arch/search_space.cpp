// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"

#include "core/arch/mbconv_space.h"
#include "core/base/error.h"

namespace greenfront::arch {

Genotype SearchSpace::smallest() const {
    return Genotype(genes().size(), 0);
}

Genotype SearchSpace::largest() const {
    Genotype genotype;
    for (const Gene& gene : genes())
        genotype.push_back(static_cast<int>(gene.values.size()) - 1);
    return genotype;
}

Genotype SearchSpace::random(Rng& rng) const {
    Genotype genotype;
    for (const Gene& gene : genes())
        genotype.push_back(static_cast<int>(rng.below(gene.values.size())));
    return canonical(std::move(genotype));
}

void SearchSpace::check(const Genotype& genotype) const {
    if (genotype.size() != genes().size())
        throw Error("decode", "genotype",
                    "it has " + std::to_string(genotype.size()) + " choices and the space has " +
                        std::to_string(genes().size()),
                    "It belongs to another search space");
    for (std::size_t i = 0; i < genotype.size(); ++i)
        if (genotype[i] < 0 || static_cast<std::size_t>(genotype[i]) >= genes()[i].values.size())
            throw Error("decode", "genotype",
                        "choice " + std::to_string(genotype[i]) + " of '" + genes()[i].name +
                            "' does not exist",
                        "It belongs to another search space");
}

std::shared_ptr<const SearchSpace> makeSpace(const Json& json) {
    const std::string kind = json.is_object() ? json.value("kind", "") : "";
    if (kind == "mbconv-small")
        return std::make_shared<MbconvSpace>(mbconvFromJson(json));
    throw Error("make", "search space", "its kind is '" + kind + "'", "Known is mbconv-small");
}

} // namespace greenfront::arch
