// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"

#include "core/arch/mbconv_space.h"
#include "core/arch/mlp_space.h"
#include "core/arch/resnet_space.h"
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
    return kindOf(json.is_object() ? json.value("kind", "") : "").make(json);
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
