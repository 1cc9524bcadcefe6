// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/nsga2.h"

#include "core/base/error.h"

#include <algorithm>
#include <functional>

namespace greenfront::search {
namespace {

constexpr int breedingAttempts = 64;
constexpr int randomAttempts = 256;
constexpr int scanSteps = 1 << 16; ///< an ask, so that a space of 10^19 cannot hold it up

[[noreturn]] void refuse(const std::string& subject, const std::string& reason, const std::string& advice) {
    throw Error("search", subject, reason, advice);
}

void checkOptions(const std::vector<int>& choices, const std::vector<Direction>& directions,
                  const Nsga2Options& options) {
    if (choices.empty() || std::ranges::any_of(choices, [](int count) { return count < 1; }))
        refuse("the space", "it has no genes, or a gene without values", "Check the search space");
    if (directions.empty())
        refuse("the space", "there is no objective", "Choose at least one objective");
    if (options.population < 2)
        refuse("the space", "a population needs at least 2 members", "Choose a larger population");
    const double mutation = options.mutation.value_or(0);
    if (!(options.crossover >= 0 && options.crossover <= 1 && mutation >= 0 && mutation <= 1))
        refuse("the space", "a probability is outside 0..1", "Check the crossover and mutation rates");
}

void checkGenotype(const Genotype& genotype, const std::vector<int>& choices) {
    bool fits = genotype.size() == choices.size();
    for (std::size_t i = 0; fits && i < choices.size(); ++i)
        fits = genotype[i] >= 0 && genotype[i] < choices[i];
    if (!fits)
        refuse("from a known network", "its genotype does not fit the search space",
               "Take the candidates of a study with the same search space");
}

/// The next one in the order of counting; false after the last.
bool advance(Genotype& genotype, const std::vector<int>& choices) {
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (++genotype[i] < choices[i])
            return true;
        genotype[i] = 0;
    }
    return false;
}

} // namespace

Nsga2::Nsga2(std::vector<int> choices, std::vector<Direction> directions, Nsga2Options options,
             std::uint64_t seed, std::function<Genotype(Genotype)> canonical)
    : choices_(std::move(choices)),
      directions_(std::move(directions)),
      options_(options),
      mutation_(
          options.mutation.value_or(1.0 / static_cast<double>(std::max<std::size_t>(1, choices_.size())))),
      seed_(seed),
      canonical_(std::move(canonical)),
      scan_(Genotype(choices_.size(), 0)) {
    checkOptions(choices_, directions_, options_);
}

void Nsga2::seedWith(const std::vector<Genotype>& genotypes) {
    for (const Genotype& genotype : genotypes) {
        checkGenotype(genotype, choices_);
        seeds_.push_back(canonicalOf(genotype));
    }
}

Genotype Nsga2::ask() {
    // A stream for each question, numbered by what was asked and told before it: a search restored by telling
    // goes on with the same numbers without any generator's state having been stored.
    const std::size_t number = told_.size() + pending_.size();
    Rng rng(seed_, number);
    const bool breeds = number >= static_cast<std::size_t>(options_.population) && told_.size() >= 2;
    Genotype genotype = nextSeed();
    if (genotype.empty() && breeds)
        genotype = newOffspring(rng);
    if (genotype.empty())
        genotype = newRandom(rng);
    if (genotype.empty())
        genotype = nextUnseen();
    if (!genotype.empty())
        pending_.insert(genotype);
    return genotype;
}

void Nsga2::tell(const Genotype& genotype, Point objectives) {
    checkGenotype(genotype, choices_);
    if (objectives.size() != directions_.size())
        refuse("from a known network", "it has another number of objectives than the search",
               "Take the candidates of a study with the same objectives");
    Genotype key = canonicalOf(genotype);
    pending_.erase(key);
    parents_.clear();
    const auto [place, added] = known_.try_emplace(key, told_.size());
    if (added)
        told_.emplace_back(std::move(key), std::move(objectives));
    else
        told_[place->second].second = std::move(objectives);
}

Genotype Nsga2::canonicalOf(const Genotype& genotype) const {
    return canonical_ ? canonical_(genotype) : genotype;
}

bool Nsga2::isNew(const Genotype& genotype) const {
    return !known_.contains(genotype) && !pending_.contains(genotype);
}

Genotype Nsga2::nextSeed() {
    while (!seeds_.empty()) {
        Genotype genotype = std::move(seeds_.front());
        seeds_.pop_front();
        if (isNew(genotype))
            return genotype;
    }
    return {};
}

Genotype Nsga2::newOffspring(Rng& rng) {
    for (int attempt = 0; attempt < breedingAttempts; ++attempt) {
        Genotype child = offspring(rng);
        // Around a converged population everything near is known, so later attempts reach further.
        for (int extra = 0; extra < attempt / 8; ++extra)
            changeGene(child, rng.below(child.size()), rng);
        child = canonicalOf(child);
        if (isNew(child))
            return child;
    }
    return {};
}

Genotype Nsga2::newRandom(Rng& rng) {
    for (int attempt = 0; attempt < randomAttempts; ++attempt) {
        Genotype genotype;
        for (const int count : choices_)
            genotype.push_back(static_cast<int>(rng.below(static_cast<std::size_t>(count))));
        genotype = canonicalOf(genotype);
        if (isNew(genotype))
            return genotype;
    }
    return {};
}

/// Nothing that was seen is ever forgotten, so the scan need not begin anew with each question.
Genotype Nsga2::nextUnseen() {
    for (int step = 0; scan_ && step < scanSteps; ++step) {
        Genotype genotype = canonicalOf(*scan_);
        if (!advance(*scan_, choices_))
            scan_.reset();
        if (isNew(genotype))
            return genotype;
    }
    return {};
}

Genotype Nsga2::offspring(Rng& rng) {
    Genotype child = tournament(rng);
    if (rng.chance(options_.crossover)) {
        const Genotype& other = tournament(rng);
        for (std::size_t i = 0; i < child.size(); ++i)
            if (rng.chance(0.5))
                child[i] = other[i];
    }
    for (std::size_t i = 0; i < child.size(); ++i)
        if (rng.chance(mutation_))
            changeGene(child, i, rng);
    return child;
}

void Nsga2::changeGene(Genotype& genotype, std::size_t gene, Rng& rng) const {
    const int count = choices_[gene];
    if (count < 2)
        return;
    const int step = 1 + static_cast<int>(rng.below(static_cast<std::size_t>(count - 1)));
    genotype[gene] = (genotype[gene] + step) % count;
}

const Genotype& Nsga2::tournament(Rng& rng) {
    const auto& candidates = parents();
    const Parent& a = candidates[rng.below(candidates.size())];
    const Parent& b = candidates[rng.below(candidates.size())];
    const bool second = b.rank < a.rank || (b.rank == a.rank && b.crowding > a.crowding);
    return told_[second ? b.index : a.index].first;
}

const std::vector<Nsga2::Parent>& Nsga2::parents() {
    if (!parents_.empty())
        return parents_;
    std::vector<Point> points;
    points.reserve(told_.size());
    for (const auto& entry : told_)
        points.push_back(entry.second);
    const auto ranks = nonDominatedRanks(points, directions_);
    std::vector<std::vector<std::size_t>> byRank(static_cast<std::size_t>(std::ranges::max(ranks)) + 1);
    for (std::size_t i = 0; i < ranks.size(); ++i)
        byRank[static_cast<std::size_t>(ranks[i])].push_back(i);

    const auto wanted = std::min(told_.size(), static_cast<std::size_t>(options_.population));
    for (std::size_t rank = 0; parents_.size() < wanted; ++rank) {
        std::vector<Point> members;
        for (const std::size_t index : byRank[rank])
            members.push_back(points[index]);
        const auto crowding = crowdingDistances(members);
        std::vector<Parent> group;
        for (std::size_t i = 0; i < members.size(); ++i)
            group.push_back({byRank[rank][i], static_cast<int>(rank), crowding[i]});
        std::ranges::stable_sort(group, std::greater{}, &Parent::crowding);
        group.resize(std::min(group.size(), wanted - parents_.size()));
        parents_.insert(parents_.end(), group.begin(), group.end());
    }
    return parents_;
}

} // namespace greenfront::search
