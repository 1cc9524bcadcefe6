// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sandwich.h"

#include "core/data/resize.h"
#include "core/nn/runtime.h"
#include "core/train/loss.h"

#include <algorithm>

namespace greenfront::train {

std::vector<arch::Network> drawSandwich(const arch::SearchSpace& space, int randomNetworks, Rng& rng) {
    std::vector<Genotype> genotypes{space.largest()};
    for (int i = 0; i < randomNetworks; ++i)
        genotypes.push_back(space.random(rng));
    genotypes.push_back(space.smallest());
    if (const auto gene = space.resolutionGene()) {
        const auto resolution = static_cast<int>(rng.below(space.genes()[*gene].values.size()));
        for (Genotype& genotype : genotypes)
            genotype[*gene] = resolution;
    }
    std::vector<arch::Network> networks;
    networks.reserve(genotypes.size());
    for (const Genotype& genotype : genotypes)
        networks.push_back(space.decode(genotype));
    return networks;
}

std::vector<Batches::Batch> shardsOf(const Batches::Batch& batch, const arch::SearchSpace& space,
                                     const Shape& input) {
    const Shape whole = space.decode(space.largest()).input();
    const std::size_t samples = batch.labels.size();
    const std::size_t size = batch.images.size() / samples;
    const std::size_t each = std::clamp<std::size_t>(samples / 2, 8, 32);
    std::vector<Batches::Batch> shards(std::max<std::size_t>(1, samples / each));
    for (std::size_t i = 0; i < shards.size(); ++i) {
        const std::size_t first = samples * i / shards.size();
        const std::size_t count = samples * (i + 1) / shards.size() - first;
        const auto images = std::span(batch.images).subspan(first * size, count * size);
        const auto labels = std::span(batch.labels).subspan(first, count);
        shards[i] = {data::resized(images, whole, input), {labels.begin(), labels.end()}};
    }
    return shards;
}

Sandwich::Sandwich(const arch::SearchSpace& space, const arch::Weights& shared, SandwichOptions options)
    : space_(space), shared_(shared), options_(options), gradients_(shared) {}

double Sandwich::runShard(nn::TrainingPass& pass, const std::vector<arch::Network>& networks,
                          const Batches::Batch& shard, double scale, nn::TimeSpent& time) const {
    const auto classes = static_cast<std::size_t>(networks.front().classes());
    std::vector<float> targets = smoothedTargets(shard.labels, classes, options_.labelSmoothing);
    double loss = 0;
    for (const arch::Network& network : networks) {
        const auto logits = pass.forward(network, shard.images);
        pass.backward(crossEntropyGradient(logits, targets, classes, scale));
        if (&network == &networks.front()) {
            targets = softmax(logits, classes);
            loss = crossEntropy(logits, shard.labels);
        }
        time.add(pass.timeSpent());
    }
    return loss;
}

double Sandwich::step(const Batches::Batch& batch, Rng& rng) {
    const std::vector<arch::Network> networks = drawSandwich(space_, options_.randomNetworks, rng);
    macs_ = 0;
    activations_ = Bytes(0);
    for (const arch::Network& network : networks) {
        const arch::Costs costs = arch::networkCosts(network);
        macs_ += costs.macs;
        activations_ += costs.activations;
    }
    const std::vector<Batches::Batch> shards = shardsOf(batch, space_, networks.front().input());
    while (passes_.size() < shards.size())
        passes_.emplace_back(shared_);
    const auto samples = static_cast<double>(batch.labels.size());
    std::vector<double> losses(shards.size());
    std::vector<nn::TimeSpent> times(shards.size());
    nn::parallel(shards.size(), [&](std::size_t i) {
        passes_[i].gradients().clear();
        losses[i] = runShard(passes_[i], networks, shards[i], 1.0 / samples, times[i]);
    });
    // In the shards' order: the same result for any number of threads.
    gradients_.clear();
    timeSpent_.restart();
    double loss = 0;
    for (std::size_t i = 0; i < shards.size(); ++i) {
        gradients_.add(passes_[i].gradients());
        loss += losses[i];
        timeSpent_.add(times[i]);
    }
    return loss / samples;
}

} // namespace greenfront::train
