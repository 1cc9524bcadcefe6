// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/recipe.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace greenfront::train {
namespace {

constexpr std::array<std::string_view, 4> phaseNames{"full", "kernel", "depth", "expansion"};

Error unreadable(std::string_view part, const std::string& reason) {
    return {"read", "phase '" + std::string(part) + "'", reason,
            "Write phases as name:epochs:networks:learning rate, as in kernel:125:1:0.37"};
}

double numberIn(std::string_view part, std::string_view text, const char* what, double least, double most) {
    Parameter parameter{.key = what,
                        .title = what,
                        .help = {},
                        .kind = ParameterKind::Real,
                        .defaultValue = 1.0,
                        .minimum = least,
                        .maximum = most};
    try {
        return parseValue(parameter, text).get<double>();
    } catch (const Error& error) {
        throw unreadable(part, error.parts().reason);
    }
}

Phase phaseFrom(std::string_view part) {
    const std::vector<std::string_view> fields = split(part, ':');
    if (fields.size() != 4)
        throw unreadable(part, "it does not have four parts");
    const std::string_view name = trimmed(fields[0]);
    if (std::find(phaseNames.begin(), phaseNames.end(), name) == phaseNames.end())
        throw unreadable(part, "there are only full, kernel, depth and expansion");
    return {.name = std::string(name),
            .share = numberIn(part, fields[1], "epochs", 1e-6, 1e6),
            .rate = numberIn(part, fields[3], "learning rate", 1e-6, 1e6),
            .networks = static_cast<int>(numberIn(part, fields[2], "networks", 1, 64)),
            .open = {}};
}

/// The name of the phase that opens a gene such as "stage1.block0.kernel".
std::string_view openedBy(const std::string& gene) {
    const auto name = std::string_view(gene).substr(gene.rfind('.') + 1);
    return name == "kernel" || name == "depth" ? name : "expansion";
}

/// How often each phase's name has come until now, and comes at all.
struct Turn {
    std::ptrdiff_t now, all;
};

Openness opened(const arch::SearchSpace& space, std::span<const Phase> phases, std::size_t until) {
    Openness open;
    open.reserve(space.genes().size());
    for (const arch::Gene& gene : space.genes()) {
        const auto isOpening = [&](const Phase& phase) { return phase.name == openedBy(gene.name); };
        const Turn turn{
            std::count_if(phases.begin(), phases.begin() + static_cast<std::ptrdiff_t>(until) + 1, isOpening),
            std::count_if(phases.begin(), phases.end(), isOpening)};
        const auto values = static_cast<int>(gene.values.size());
        open.push_back(
            turn.now == turn.all && turn.all > 0 ? values : std::min(values, 1 + static_cast<int>(turn.now)));
    }
    return open;
}

void scale(PassWork& work, const PassWork& more, double factor) {
    work.macs += factor * more.macs;
    work.activations += more.activations * factor;
}

} // namespace

std::vector<Phase> shrinkingPhases(const std::string& text, const arch::SearchSpace& space) {
    std::vector<Phase> all;
    for (const std::string_view part : split(text, ','))
        all.push_back(phaseFrom(trimmed(part)));
    if (all.front().name != "full")
        throw unreadable(all.front().name, "the first phase is not full");
    std::vector<Phase> phases;
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].open = opened(space, all, i);
        if (phases.empty() || all[i].open != phases.back().open)
            phases.push_back(all[i]);
    }
    const double sum = std::accumulate(phases.begin(), phases.end(), 0.0,
                                       [](double s, const Phase& phase) { return s + phase.share; });
    for (Phase& phase : phases)
        phase.share /= sum;
    return phases;
}

Recipe::Recipe(const arch::SearchSpace& space, const Json& parameters)
    : space_(space),
      phases_{{.name = "sandwich", .open = {}}},
      randomNetworks_(parameters.at("random_networks").get<int>()),
      attentive_(parameters.at("sampling") == "attentive") {
    if (parameters.at("recipe") == "progressive-shrinking")
        phases_ = shrinkingPhases(parameters.at("phases").get<std::string>(), space);
}

void Recipe::choose(std::vector<Genotype>& sandwich, Rng& rng,
                    const std::function<double(const arch::Network&)>& lossOf) const {
    // The first is the largest and the last the smallest; all have the resolution of this step.
    for (std::size_t i = 1; i + 1 < sandwich.size(); ++i) {
        double least = std::numeric_limits<double>::infinity();
        for (const Genotype& candidate : drawCandidates(space_, sandwich.front(), rng)) {
            if (const double loss = lossOf(space_.decode(candidate)); loss < least) {
                least = loss;
                sandwich[i] = candidate;
            }
        }
    }
}

StepPlan Recipe::plan(std::size_t phase, Rng& rng,
                      const std::function<double(const arch::Network&)>& lossOf) const {
    const Phase& now = phases_.at(phase);
    if (now.open.empty()) {
        std::vector<Genotype> sandwich = drawSandwich(space_, randomNetworks_, rng);
        drawResolution(space_, sandwich, rng);
        if (attentive_)
            choose(sandwich, rng, lossOf);
        return {decodeAll(space_, sandwich)};
    }
    std::vector<Genotype> genotypes;
    for (int i = 0; i < now.networks; ++i)
        genotypes.push_back(drawOpen(space_, now.open, rng));
    genotypes.push_back(space_.largest()); // the teacher
    drawResolution(space_, genotypes, rng);
    std::vector<arch::Network> networks = decodeAll(space_, genotypes);
    StepPlan plan;
    if (phase > 0)
        plan.teacher = std::move(networks.back());
    networks.pop_back();
    plan.networks = std::move(networks);
    return plan;
}

PassWork Recipe::workOf(const StepPlan& plan) const {
    constexpr double onlyForward = 1.0 / 3;
    PassWork work;
    for (std::size_t i = 0; i < plan.networks.size(); ++i) {
        const bool chosen = attentive_ && !plan.teacher && i > 0 && i + 1 < plan.networks.size();
        constexpr double candidates = 3;
        scale(work, train::workOf(plan.networks[i]), chosen ? 1 + candidates * onlyForward : 1);
    }
    if (plan.teacher)
        scale(work, train::workOf(*plan.teacher), onlyForward);
    return work;
}

PassWork Recipe::expectedWork() const {
    constexpr int draws = 24;
    Rng rng(1);
    PassWork mean;
    for (std::size_t phase = 0; phase < phases_.size(); ++phase)
        for (int i = 0; i < draws; ++i)
            scale(mean, workOf(plan(phase, rng, [](const arch::Network&) { return 0.0; })),
                  phases_[phase].share / draws);
    return mean;
}

} // namespace greenfront::train
