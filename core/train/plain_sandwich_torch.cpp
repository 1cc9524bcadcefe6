// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/executor_torch.h"
#include "core/nn/runtime.h"
#include "core/train/plain_sandwich.h"

namespace greenfront::train {
namespace {

using torch::Tensor;

/// Leaves of their own that view the shared weights, so that shards do not wait for each other.
nn::Tensors leavesOf(const arch::Weights& shared) {
    nn::Tensors leaves;
    for (const auto& [name, tensor] : shared)
        leaves.emplace(
            name,
            torch::from_blob(const_cast<float*>(tensor.values.data()), tensor.shape).requires_grad_(true));
    return leaves;
}

nn::Tensors shardGradients(const std::vector<arch::Network>& networks, const arch::Weights& shared,
                           const Batches::Batch& shard, double smoothing, double scale) {
    nn::Tensors leaves = leavesOf(shared);
    const Tensor input = nn::imagesToTorch(shard.images, networks.front().input(), false);
    const Tensor labels = torch::tensor(std::vector<int64_t>(shard.labels.begin(), shard.labels.end()));
    const int64_t classes = networks.front().classes();
    Tensor target = torch::one_hot(labels, classes).to(torch::kFloat) * (1.0 - smoothing) +
                    smoothing / static_cast<double>(classes);
    for (const arch::Network& network : networks) {
        const Tensor logits = nn::execute(network, leaves, input, nn::Mode::Training);
        (-(target * torch::log_softmax(logits, 1)).sum() * scale).backward();
        if (&network == &networks.front())
            target = torch::softmax(logits.detach(), 1);
    }
    nn::Tensors gradients;
    for (const auto& [name, leaf] : leaves)
        if (leaf.grad().defined())
            gradients.emplace(name, leaf.grad().contiguous());
    return gradients;
}

} // namespace

nn::Gradients plainSandwichGradients(const arch::SearchSpace& space, const arch::Weights& shared,
                                     const Batches::Batch& batch, const SandwichOptions& options, Rng& rng) {
    const std::vector<arch::Network> networks = drawSandwich(space, options.randomNetworks, rng);
    const std::vector<Batches::Batch> shards = shardsOf(batch, space, networks.front().input());
    std::vector<nn::Tensors> parts(shards.size());
    nn::parallel(shards.size(), [&](std::size_t i) {
        parts[i] = shardGradients(networks, shared, shards[i], options.labelSmoothing,
                                  1.0 / static_cast<double>(batch.labels.size()));
    });
    nn::Gradients gradients(shared);
    for (const nn::Tensors& part : parts)
        for (const auto& [name, gradient] : part) {
            float* sum = gradients.of(name);
            for (int64_t i = 0; i < gradient.numel(); ++i)
                sum[i] += gradient.data_ptr<float>()[i];
        }
    return gradients;
}

} // namespace greenfront::train
