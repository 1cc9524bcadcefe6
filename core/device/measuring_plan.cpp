// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/measuring_plan.h"

#include "core/base/error.h"
#include "core/device/json_reader.h"

#include <set>

namespace greenfront::device {
namespace {

constexpr const char* format = "greenfront-measuring-plan";
constexpr int currentVersion = 1;
constexpr std::size_t spread = 8; ///< networks that blocks are measured of at first
constexpr std::size_t mostNetworks = 100'000;

std::vector<Genotype> genotypesFrom(const JsonReader& reader, const std::string& key,
                                    const arch::SearchSpace& space) {
    const JsonReader list = reader.at(key);
    if (list.size() > mostNetworks)
        reader.refuse("'" + key + "' holds too many networks");
    std::vector<Genotype> genotypes;
    for (std::size_t i = 0; i < list.size(); ++i) {
        genotypes.push_back(list.at(i).at("genotype").json().is_array() ? list.at(i).integers("genotype")
                                                                        : Genotype{});
        try {
            space.check(genotypes.back());
        } catch (const Error& error) {
            list.at(i).refuse("'" + key + "[" + std::to_string(i) +
                              "]' is no network of its space: " + error.parts().reason);
        }
    }
    return genotypes;
}

OrderedJson asJson(const std::vector<Genotype>& genotypes) {
    OrderedJson list = OrderedJson::array();
    for (const Genotype& genotype : genotypes)
        list.push_back({{"genotype", genotype}});
    return list;
}

} // namespace

MeasuringPlan planFor(const arch::SearchSpace& space, const PlanOptions& options) {
    MeasuringPlan plan{.space = space.toJson(),
                       .blocks = {},
                       .adaptive = options.blocks,
                       .networks = {},
                       .limit = options.limit,
                       .seed = options.seed};
    Rng rng(options.seed, 1);
    std::set<Genotype> taken;
    const auto add = [&](std::vector<Genotype>& list, const Genotype& genotype) {
        if (taken.insert(genotype).second)
            list.push_back(genotype);
    };
    if (options.blocks) {
        add(plan.blocks, space.canonical(space.smallest()));
        add(plan.blocks, space.canonical(space.largest()));
        for (std::size_t tries = 0; plan.blocks.size() < spread && tries < 10 * spread; ++tries)
            add(plan.blocks, space.random(rng));
    }
    for (std::size_t tries = 0; plan.networks.size() < options.networks && tries < 10 * options.networks;
         ++tries)
        add(plan.networks, space.random(rng));
    return plan;
}

OrderedJson toJson(const MeasuringPlan& plan) {
    return {
        {"format", format},          {"version", currentVersion},     {"space", plan.space},
        {"threads", plan.threads},   {"limit_s", plan.limit.value},   {"seed", plan.seed},
        {"adaptive", plan.adaptive}, {"blocks", asJson(plan.blocks)}, {"networks", asJson(plan.networks)}};
}

MeasuringPlan measuringPlanFromJson(const Json& json, const std::string& subject) {
    const JsonReader reader(json, "use measuring plan", subject);
    if (reader.text("format", 100) != format)
        reader.refuse("'format' is not " + std::string(format));
    if (const int version = reader.integer("version", 0, 1'000'000); version != currentVersion)
        reader.refuse("it is of version " + std::to_string(version) +
                      ", and this Greenfront follows version " + std::to_string(currentVersion));
    const auto space = arch::makeSpace(reader.at("space").json());
    MeasuringPlan plan{.space = space->toJson(),
                       .blocks = genotypesFrom(reader, "blocks", *space),
                       .adaptive = reader.flag("adaptive"),
                       .networks = genotypesFrom(reader, "networks", *space),
                       .limit = Seconds(reader.number("limit_s", 0.01, 1e6)),
                       .threads = reader.integer("threads", 1, 4096),
                       .seed = static_cast<std::uint64_t>(reader.number("seed", 0, 1e15))};
    if (plan.blocks.empty() && plan.networks.empty())
        reader.refuse("it holds neither blocks nor networks to measure");
    return plan;
}

} // namespace greenfront::device
