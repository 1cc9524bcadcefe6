// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/nn/executor_torch.h"
#include "core/nn/pass.h"
#include "core/nn/training_pass.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

using torch::Tensor;

/// Nothing where it is not here.
std::optional<torch::Device> deviceOf(const std::string& compute) {
    if (compute == plainCompute)
        return torch::Device(torch::kCPU);
    try {
        const torch::Device device(compute);
        if (device.is_cuda() && device.index() < static_cast<int>(torch::cuda::device_count()))
            return device;
    } catch (const c10::Error&) {
    }
    return std::nullopt;
}

/// LibTorch's operators and autograd.
class TorchPass final : public Pass {
public:
    TorchPass(const torch::Device& device, const arch::Weights& shared)
        : device_(device), shared_(shared), gradients_(shared) {}

    /// Leaves of their own that view the shared weights, or copy them to another device, so that passes do
    /// not wait for each other.
    void begin() override {
        leaves_.clear();
        for (const auto& [name, tensor] : shared_) {
            auto* values = const_cast<float*>(tensor.values.data());
            leaves_.emplace(name,
                            torch::from_blob(values, tensor.shape).to(device_).detach().requires_grad_(true));
        }
        summed_ = false;
    }

    std::span<const float> forward(const arch::Network& network, std::span<const float> images) override {
        time_.restart();
        if (leaves_.empty())
            begin();
        const Tensor input = imagesToTorch(images, network.input(), false).to(device_);
        logits_ = execute(network, leaves_, input, Mode::Training);
        const arch::Tensor values = fromTorch(logits_.cpu());
        values_ = values.values;
        return values_;
    }

    void backward(std::span<const float> gradLogits) override {
        Tensor gradient = torch::empty(logits_.sizes());
        std::ranges::copy(gradLogits, gradient.data_ptr<float>());
        logits_.backward(gradient.to(device_));
        summed_ = false;
    }

    const Gradients& gradients() override {
        if (summed_)
            return gradients_;
        gradients_.clear();
        for (const auto& [name, leaf] : leaves_)
            if (leaf.grad().defined()) {
                const arch::Tensor values = fromTorch(leaf.grad().cpu());
                std::ranges::copy(values.values, gradients_.of(name));
            }
        summed_ = true;
        return gradients_;
    }

    const TimeSpent& timeSpent() override {
        time_.enter(WorkKind::Rest);
        return time_;
    }

private:
    torch::Device device_;
    const arch::Weights& shared_;
    Gradients gradients_;
    Tensors leaves_;
    Tensor logits_;
    std::vector<float> values_;
    TimeSpent time_;
    bool summed_ = false;
};

} // namespace

void checkCompute(const std::string& compute) {
    if (compute == ownCompute || deviceOf(compute))
        return;
    const auto count = static_cast<int>(torch::cuda::device_count());
    std::string known = "cpu and torch";
    for (int i = 0; i < count; ++i)
        known += ", cuda:" + std::to_string(i);
    throw Error("compute", "on '" + compute + "'",
                count == 0 ? "this LibTorch sees no CUDA device" : "there is no such device",
                "Here are " + known);
}

std::unique_ptr<Pass> makePass(const std::string& compute, const arch::Weights& shared) {
    checkCompute(compute);
    if (compute == ownCompute)
        return std::make_unique<TrainingPass>(shared);
    return std::make_unique<TorchPass>(*deviceOf(compute), shared);
}

} // namespace greenfront::nn
