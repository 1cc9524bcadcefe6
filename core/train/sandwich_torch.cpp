// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/sandwich_torch.h"

#include "core/nn/executor_torch.h"
#include "core/nn/runtime.h"

namespace greenfront::train {
namespace {

using arch::Network;
using torch::Tensor;

/// Cross-entropy against a distribution over the classes, summed over the samples.
Tensor softCrossEntropy(const Tensor& logits, const Tensor& target) {
    return -(target * torch::log_softmax(logits, 1)).sum();
}

Tensor smoothed(const Tensor& labels, int64_t classes, double smoothing) {
    return torch::one_hot(labels, classes).to(torch::kFloat) * (1.0 - smoothing) +
           smoothing / static_cast<double>(classes);
}

/// The largest network first, then those that learn from it.
std::vector<Network> drawNetworks(const arch::SearchSpace& space, int randomNetworks, Rng& rng) {
    std::vector<Network> networks{space.decode(space.largest())};
    for (int i = 0; i < randomNetworks; ++i)
        networks.push_back(space.decode(space.random(rng)));
    networks.push_back(space.decode(space.smallest()));
    return networks;
}

struct Shard {
    std::vector<Tensor> gradients; ///< in the order of the shared tensors; undefined where there is none
    double loss = 0;               ///< summed over the samples
};

/// Works on leaves of its own that view the shared tensors, so that shards do not wait for each other.
class ShardPass {
public:
    ShardPass(const nn::Tensors& shared, const SandwichOptions& options, double samplesInBatch)
        : options_(options), scale_(1.0 / samplesInBatch) {
        for (const auto& [name, tensor] : shared)
            leaves_.emplace(name, tensor.detach().requires_grad_(true));
    }

    Shard run(const std::vector<Network>& networks, std::span<const float> images,
              std::span<const int> labels) {
        const Tensor input = nn::imagesToTorch(images, networks.front().input(), options_.channelsLast);
        const Tensor classes = torch::tensor(std::vector<int64_t>(labels.begin(), labels.end()));
        const nn::ExecuteOptions execute{
            .training = true, .channelsLast = options_.channelsLast, .onMoments = {}};
        Shard shard;
        Tensor target = smoothed(classes, networks.front().classes(), options_.labelSmoothing);
        for (const Network& network : networks) {
            const Tensor logits = nn::execute(network, leaves_, input, execute);
            (softCrossEntropy(logits, target) * scale_).backward();
            if (&network == &networks.front()) {
                target = torch::softmax(logits.detach(), 1);
                shard.loss =
                    at::cross_entropy_loss(logits.detach(), classes, {}, at::Reduction::Sum).item<double>();
            }
        }
        for (const auto& [name, leaf] : leaves_)
            shard.gradients.push_back(leaf.grad());
        return shard;
    }

private:
    nn::Tensors leaves_;
    SandwichOptions options_;
    double scale_;
};

/// Adds the shards' gradients in their order: the same result for any number of threads.
void collect(nn::Tensors& shared, const std::vector<Shard>& shards) {
    std::size_t index = 0;
    for (auto& [name, tensor] : shared) {
        Tensor sum;
        for (const Shard& shard : shards)
            if (const Tensor& gradient = shard.gradients[index]; gradient.defined())
                sum = sum.defined() ? sum.add_(gradient) : gradient;
        tensor.mutable_grad() = sum;
        ++index;
    }
}

} // namespace

double sandwichBackward(const arch::SearchSpace& space, nn::Tensors& shared, const Batches::Batch& batch,
                        const SandwichOptions& options, Rng& rng) {
    const std::vector<Network> networks = drawNetworks(space, options.randomNetworks, rng);
    const std::size_t samples = batch.labels.size();
    const std::size_t size = batch.images.size() / samples;
    std::vector<Shard> shards(std::max<std::size_t>(1, samples / shardSamples));
    nn::parallel(shards.size(), [&](std::size_t i) {
        const std::size_t first = samples * i / shards.size();
        const std::size_t count = samples * (i + 1) / shards.size() - first;
        shards[i] = ShardPass(shared, options, static_cast<double>(samples))
                        .run(networks, std::span(batch.images).subspan(first * size, count * size),
                             std::span(batch.labels).subspan(first, count));
    });
    collect(shared, shards);
    double loss = 0;
    for (const Shard& shard : shards)
        loss += shard.loss;
    return loss / static_cast<double>(samples);
}

} // namespace greenfront::train
