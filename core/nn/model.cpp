// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/model.h"

#include "core/base/random.h"
#include "core/nn/executor_torch.h"
#include "core/nn/runtime.h"

namespace greenfront::nn {

struct Model::Tensors {
    nn::Tensors weights;
    torch::Tensor sample; ///< for inferOnce
};

Model::Model(const arch::Model& model) : network_(model.network), tensors_(std::make_unique<Tensors>()) {
    arch::validate(network_);
    for (const auto& [name, weight] : model.weights)
        tensors_->weights.emplace(name, toTorch(weight));
    Rng rng(1);
    std::vector<float> sample(network_.input().size());
    for (float& value : sample)
        value = static_cast<float>(rng.normal());
    tensors_->sample = imagesToTorch(sample, network_.input());
}

Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;
Model::~Model() = default;

std::vector<float> Model::logits(std::span<const float> images) const {
    constexpr std::size_t batch = 32; // what a layer writes, the next one finds in the cache
    const std::size_t stride = batch * network_.input().size();
    const std::size_t outStride = batch * static_cast<std::size_t>(network_.classes());
    std::vector<float> all(images.size() / network_.input().size() *
                           static_cast<std::size_t>(network_.classes()));
    parallel((images.size() + stride - 1) / stride, [&](std::size_t i) {
        const c10::InferenceMode inference;
        const auto rest = images.subspan(i * stride);
        const torch::Tensor input =
            imagesToTorch(rest.first(std::min(stride, rest.size())), network_.input());
        const torch::Tensor logits =
            execute(network_, tensors_->weights, input, Mode::Inference).contiguous();
        std::copy_n(logits.data_ptr<float>(), logits.numel(), all.data() + i * outStride);
    });
    return all;
}

void Model::inferOnce(const std::function<void(std::size_t)>& after) const {
    const c10::InferenceMode inference;
    const auto measure = [&after](std::size_t layer, const torch::Tensor& /*output*/) { after(layer); };
    execute(network_, tensors_->weights, tensors_->sample, Mode::Inference,
            after ? AfterLayer(measure) : AfterLayer());
}

} // namespace greenfront::nn
