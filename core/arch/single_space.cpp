// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/single_space.h"

#include "core/base/error.h"

namespace greenfront::arch {

SingleSpace::SingleSpace(std::shared_ptr<const SearchSpace> space, Genotype genotype)
    : space_(std::move(space)), genotype_(std::move(genotype)) {
    space_->check(genotype_);
    if (const auto gene = space_->resolutionGene(); gene && genotype_[*gene] != space_->largest()[*gene])
        throw Error("make", "search space", "its one network is for smaller images than the data has",
                    "Take a network of the largest resolution");
}

Network SingleSpace::decode(const Genotype& genotype) const {
    check(genotype);
    return space_->decode(genotype_);
}

Genotype SingleSpace::canonical(Genotype genotype) const {
    check(genotype);
    return genotype;
}

Json SingleSpace::toJson() const {
    return {{"kind", "single"}, {"space", space_->toJson()}, {"genotype", genotype_}};
}

std::shared_ptr<const SearchSpace> singleSpaceFromJson(const Json& json) {
    const Json& genotype = json.value("genotype", Json());
    if (!json.contains("space") || !genotype.is_array())
        throw Error("make", "search space", "a single network has no 'space' or no 'genotype'");
    Genotype choices;
    for (const Json& choice : genotype) {
        if (!choice.is_number_integer())
            throw Error("make", "search space", "its genotype is not made of whole numbers");
        choices.push_back(choice.get<int>());
    }
    if (json.at("space").is_object() && json.at("space").value("kind", "") == "single")
        throw Error("make", "search space", "a single network is of a space with several");
    return std::make_shared<SingleSpace>(makeSpace(json.at("space")), std::move(choices));
}

} // namespace greenfront::arch
