// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"

#include "core/arch/mbconv_space.h"
#include "core/arch/mlp_space.h"
#include "core/arch/resnet_space.h"
#include "core/arch/single_space.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>

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

std::vector<bool> SearchSpace::idle(const Genotype& genotype) const {
    std::vector<bool> idle(genotype.size());
    for (std::size_t gene = 0; gene < genotype.size(); ++gene) {
        if (genes()[gene].values.size() < 2)
            continue;
        Genotype other = genotype;
        other[gene] = genotype[gene] == 0 ? 1 : 0;
        idle[gene] = canonical(std::move(other)) == genotype;
    }
    return idle;
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

namespace {

struct Kind {
    std::string_view name;
    std::shared_ptr<const SearchSpace> (*make)(const Json& json);
    Json (*propose)(Shape input, int classes);
};

std::shared_ptr<const SearchSpace> makeMbconv(const Json& json) {
    return std::make_shared<MbconvSpace>(mbconvFromJson(json));
}

constexpr std::array kinds{
    Kind{"mbconv-small", makeMbconv,
         [](Shape input, int classes) { return MbconvSpace(smallMbconv(input, classes)).toJson(); }},
    Kind{"mobilenet-v3", makeMbconv,
         [](Shape input, int classes) { return MbconvSpace(mobileNetV3(input, classes)).toJson(); }},
    Kind{"resnet",
         [](const Json& json) -> std::shared_ptr<const SearchSpace> {
             return std::make_shared<ResnetSpace>(resnetFromJson(json));
         },
         [](Shape input, int classes) { return ResnetSpace(proposedResnet(input, classes)).toJson(); }},
    Kind{"mlp",
         [](const Json& json) -> std::shared_ptr<const SearchSpace> {
             return std::make_shared<MlpSpace>(mlpFromJson(json));
         },
         [](Shape input, int classes) { return MlpSpace(proposedMlp(input, classes)).toJson(); }}};

const Kind& kindOf(const std::string& name) {
    const auto found = std::ranges::find(kinds, name, &Kind::name);
    if (found != kinds.end())
        return *found;
    std::string known;
    for (const Kind& kind : kinds)
        known += (known.empty() ? "" : ", ") + std::string(kind.name);
    throw Error("make", "search space", "its kind is '" + name + "'", "Known are " + known);
}

} // namespace

std::shared_ptr<const SearchSpace> makeSpace(const Json& json) {
    const std::string kind = json.is_object() ? json.value("kind", "") : "";
    if (kind == "single") // made from a network of another space, never proposed
        return singleSpaceFromJson(json);
    return kindOf(kind).make(json);
}

std::vector<std::string> spaceKinds() {
    std::vector<std::string> names;
    names.reserve(kinds.size());
    for (const Kind& kind : kinds)
        names.emplace_back(kind.name);
    return names;
}

Json proposedSpace(const std::string& kind, Shape input, int classes) {
    return kindOf(kind).propose(input, classes);
}

Json defaultSpace(Shape input, int classes) {
    const bool rows = input.height == 1 && input.width == 1;
    return proposedSpace(rows ? "mlp" : "mbconv-small", input, classes);
}

} // namespace greenfront::arch
