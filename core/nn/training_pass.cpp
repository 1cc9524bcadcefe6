// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/training_pass.h"

#include "core/nn/batch_norm.h"
#include "core/nn/buffer.h"
#include "core/nn/unit_pass.h"

#include <algorithm>

namespace greenfront::nn {
namespace {

void toNhwc(std::span<const float> images, const Shape& shape, float* out) {
    const auto channels = static_cast<std::size_t>(shape.channels);
    const std::size_t pixels = shape.size() / channels;
    for (std::size_t first = 0; first < images.size(); first += shape.size())
        for (std::size_t p = 0; p < pixels; ++p)
            for (std::size_t c = 0; c < channels; ++c)
                *out++ = images[first + c * pixels + p];
}

} // namespace

class TrainingPass::Work {
public:
    explicit Work(const arch::Weights& shared) : shared_(shared), gradients_(shared) {}

    std::span<const float> forward(const arch::Network& network, std::span<const float> images,
                                   const OnMoments& onMoments) {
        plan_ = planTraining(network);
        samples_ = images.size() / plan_.image.size();
        toNhwc(images, plan_.image, images_.sized(images.size()));
        if (states_.size() < plan_.units.size())
            states_.resize(plan_.units.size());
        for (std::size_t i = 0; i < plan_.units.size(); ++i) {
            UnitPass unit = pass(i);
            unit.forward();
            if (onMoments)
                onMoments(plan_.units[i].norm, states_[i].mean, states_[i].variance);
        }
        pool();
        return classify();
    }

    void backward(std::span<const float> gradLogits) {
        classifyBackward(gradLogits);
        for (std::size_t i = plan_.units.size(); i-- > 0;)
            pass(i).backward(gradients_);
    }

    Gradients& gradients() { return gradients_; }

private:
    UnitPass pass(std::size_t i) {
        const Unit& unit = plan_.units[i];
        const auto place = [&](int index) {
            return index < 0 ? UnitPlace{}
                             : UnitPlace{&plan_.units[static_cast<std::size_t>(index)],
                                         &states_[static_cast<std::size_t>(index)]};
        };
        return UnitPass({&unit, &states_[i]}, place(unit.input), place(unit.residual), images_.data(),
                        samples_, shared_, scratch_);
    }

    std::size_t width() const { return static_cast<std::size_t>(plan_.units.back().out.channels); }
    std::size_t pixels() const { return plan_.units.back().out.size() / width(); }

    /// The mean over the pixels of the last unit's output.
    void pool() {
        const UnitState& last = states_[plan_.units.size() - 1];
        const std::size_t size = plan_.units.back().out.size();
        float* pooled = pooled_.sized(samples_ * width());
        float* values = scratch_.input.sized(size);
        const float share = 1.0F / static_cast<float>(pixels());
        for (std::size_t n = 0; n < samples_; ++n, pooled += width()) {
            readOutput(plan_.units.back(), last, n * pixels(), pixels(), values);
            std::fill_n(pooled, width(), 0.0F);
            for (std::size_t p = 0; p < pixels(); ++p)
                for (std::size_t c = 0; c < width(); ++c)
                    pooled[c] += share * values[p * width() + c];
        }
    }

    MatrixView weight() const {
        const arch::Tensor& tensor = shared_.at(plan_.classifier + ".weight");
        return {tensor.values.data(), classes(), width(), static_cast<std::size_t>(tensor.shape[1])};
    }
    std::size_t classes() const { return static_cast<std::size_t>(plan_.classes); }

    std::span<const float> classify() {
        float* logits = logits_.sized(samples_ * classes());
        const auto& bias = shared_.at(plan_.classifier + ".bias").values;
        for (std::size_t n = 0; n < samples_; ++n)
            std::copy_n(bias.data(), classes(), logits + n * classes());
        multiplyTransposed({pooled_.data(), samples_, width(), width()}, weight(), logits, classes(),
                           Result::Add);
        return {logits, samples_ * classes()};
    }

    void classifyBackward(std::span<const float> gradLogits) {
        const MatrixView grad{gradLogits.data(), samples_, classes(), classes()};
        multiplyTransposing(grad, {pooled_.data(), samples_, width(), width()},
                            gradients_.of(plan_.classifier + ".weight"), weight().stride, Result::Add);
        float* bias = gradients_.of(plan_.classifier + ".bias");
        for (std::size_t i = 0; i < gradLogits.size(); ++i)
            bias[i % classes()] += gradLogits[i];
        float* gradPooled = gradPooled_.sized(samples_ * width());
        multiply(grad, weight(), gradPooled, width(), Result::Overwrite);
        for (std::size_t i = 0; i < samples_ * width(); ++i)
            gradPooled[i] /= static_cast<float>(pixels());

        const Unit& last = plan_.units.back();
        UnitState& state = states_[plan_.units.size() - 1];
        startGradient(last, state, samples_);
        for (std::size_t n = 0; n < samples_; ++n) {
            for (std::size_t p = 0; p < pixels(); ++p)
                std::copy_n(gradPooled + n * width(), width(),
                            state.grad.data() + (n * pixels() + p) * width());
            gradientArrived(last, state, n * pixels(), pixels());
        }
    }

    const arch::Weights& shared_;
    Gradients gradients_;
    TrainingPlan plan_;
    std::vector<UnitState> states_;
    std::size_t samples_ = 0;
    Buffer images_, pooled_, logits_, gradPooled_;
    UnitScratch scratch_;
};

TrainingPass::TrainingPass(const arch::Weights& shared) : work_(std::make_unique<Work>(shared)) {}
TrainingPass::TrainingPass(TrainingPass&&) noexcept = default;
TrainingPass::~TrainingPass() = default;

std::span<const float> TrainingPass::forward(const arch::Network& network, std::span<const float> images,
                                             const OnMoments& onMoments) {
    return work_->forward(network, images, onMoments);
}

void TrainingPass::backward(std::span<const float> gradLogits) {
    work_->backward(gradLogits);
}

Gradients& TrainingPass::gradients() {
    return work_->gradients();
}

} // namespace greenfront::nn
