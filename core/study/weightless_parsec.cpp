// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/weightless_parsec.h"

#include "core/data/resize.h"
#include "core/nn/runtime.h"
#include "core/train/batches.h"
#include "core/train/training_free.h"

#include <map>

namespace greenfront::study {
namespace {

constexpr std::size_t leastDraws = 8;
constexpr std::size_t mostDraws = 32;
constexpr std::size_t mostGenerations = 200;
constexpr std::size_t images = 32;
constexpr double certain = 0.05; ///< of the largest entropy
constexpr double temperature = 0.5;
constexpr double moveRate = 0.2;

struct Scores {
    double synflow = 0, overlap = 0;
};

class Scorer {
public:
    Scorer(const Architectures& architectures, const data::Dataset& dataset, std::uint64_t seed)
        : architectures_(architectures),
          seed_(seed),
          shape_(dataset.info().shape),
          images_(train::normalisedImages(dataset, data::Part::Train, images)) {}

    std::size_t scored() const { return known_.size(); }
    /// The larger the better, in deviations of these.
    std::vector<double> of(std::span<const Genotype> genotypes) {
        scoreNew(genotypes);
        std::vector<double> synflows;
        std::vector<double> overlaps;
        synflows.reserve(genotypes.size());
        overlaps.reserve(genotypes.size());
        for (const Genotype& genotype : genotypes) {
            synflows.push_back(known_.at(genotype).synflow);
            overlaps.push_back(known_.at(genotype).overlap);
        }
        search::standardise(synflows);
        search::standardise(overlaps);
        for (std::size_t i = 0; i < synflows.size(); ++i)
            synflows[i] += overlaps[i];
        search::standardise(synflows);
        return synflows;
    }

private:
    void scoreNew(std::span<const Genotype> genotypes) {
        std::vector<std::map<Genotype, Scores>::iterator> missing;
        for (const Genotype& genotype : genotypes)
            if (const auto [place, isNew] = known_.try_emplace(genotype); isNew)
                missing.push_back(place);
        nn::parallel(missing.size(), [&](std::size_t i) { missing[i]->second = score(missing[i]->first); });
    }

    Scores score(const Genotype& genotype) const {
        const arch::Network network = architectures_.space().decode(genotype);
        const std::vector<float> input = data::resized(images_, shape_, network.input());
        return {train::synflow(network, seed_), train::activationOverlap(network, input, seed_)};
    }

    const Architectures& architectures_;
    std::uint64_t seed_;
    Shape shape_;
    std::vector<float> images_;
    std::map<Genotype, Scores> known_;
};

} // namespace

WeightlessResult learnWeightless(const Architectures& architectures, const data::Dataset& dataset,
                                 std::uint64_t seed, std::size_t mostScored, Control& control,
                                 const std::function<void(const WeightlessGeneration&)>& onGeneration) {
    Scorer scorer(architectures, dataset, seed);
    WeightlessResult result{.distribution = architectures.even(), .last = {.uncertainty = 1}};
    Rng rng(seed, 0);
    while (result.last.uncertainty > certain && scorer.scored() < mostScored &&
           result.last.generation < mostGenerations) {
        control.checkpoint();
        const std::size_t count = search::drawsFor(result.distribution, leastDraws, mostDraws);
        std::vector<Genotype> genotypes;
        genotypes.reserve(count);
        while (genotypes.size() < count)
            genotypes.push_back(architectures.draw(result.distribution, rng));
        const auto weights = search::importanceWeights(scorer.of(genotypes), temperature);
        std::vector<search::WeightedChoices> draws;
        draws.reserve(count);
        for (std::size_t i = 0; i < count; ++i)
            draws.push_back({architectures.choicesOf(genotypes[i]), weights[i]});
        result.distribution.move(draws, moveRate);
        result.last = {result.last.generation + 1, result.last.drawn + count, scorer.scored(),
                       result.distribution.uncertainty()};
        onGeneration(result.last);
    }
    return result;
}

} // namespace greenfront::study
