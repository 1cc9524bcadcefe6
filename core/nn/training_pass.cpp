// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/training_pass.h"

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
        scratch_.time.restart();
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
        return classify();
    }

    void backward(std::span<const float> gradLogits) {
        classifyBackward(gradLogits);
        for (std::size_t i = plan_.units.size(); i-- > 0;)
            pass(i).backward(gradients_);
    }

    Gradients& gradients() { return gradients_; }
    const TimeSpent& timeSpent() {
        scratch_.time.enter(WorkKind::Rest);
        return scratch_.time;
    }

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

    std::span<const float> classify() {
        const Unit& last = plan_.units.back();
        float* mean = mean_.sized(samples_ * static_cast<std::size_t>(last.out.channels));
        meanOutput(last, states_[plan_.units.size() - 1], samples_, scratch_, mean);
        scratch_.time.enter(WorkKind::Rest);
        return head_.forward(plan_.head, mean, samples_, shared_);
    }

    void classifyBackward(std::span<const float> gradLogits) {
        const auto gradMean = head_.backward(plan_.head, gradLogits.data(), shared_, gradients_);
        const Unit& last = plan_.units.back();
        UnitState& state = states_[plan_.units.size() - 1];
        const auto width = static_cast<std::size_t>(last.out.channels);
        const std::size_t pixels = last.out.size() / width;
        startGradient(last, state, samples_);
        std::vector<float> each(width);
        for (std::size_t n = 0; n < samples_; ++n) {
            for (std::size_t c = 0; c < width; ++c)
                each[c] = gradMean[n * width + c] / static_cast<float>(pixels);
            for (std::size_t p = n * pixels; p < (n + 1) * pixels; ++p)
                std::ranges::copy(each, state.grad.data() + p * width);
            if (!last.stored)
                gradientArrived(last, state, n * pixels, pixels, scratch_);
        }
    }

    const arch::Weights& shared_;
    Gradients gradients_;
    TrainingPlan plan_;
    std::vector<UnitState> states_;
    std::size_t samples_ = 0;
    Buffer images_, mean_;
    DensePass head_;
    UnitScratch scratch_;
};

TrainingPass::TrainingPass(const arch::Weights& shared) : work_(std::make_unique<Work>(shared)) {}
TrainingPass::~TrainingPass() = default;

void TrainingPass::begin() {
    work_->gradients().clear();
}

std::span<const float> TrainingPass::forward(const arch::Network& network, std::span<const float> images) {
    return work_->forward(network, images, {});
}

std::span<const float> TrainingPass::forward(const arch::Network& network, std::span<const float> images,
                                             const OnMoments& onMoments) {
    return work_->forward(network, images, onMoments);
}

void TrainingPass::backward(std::span<const float> gradLogits) {
    work_->backward(gradLogits);
}

const TimeSpent& TrainingPass::timeSpent() {
    return work_->timeSpent();
}

const Gradients& TrainingPass::gradients() {
    return work_->gradients();
}

} // namespace greenfront::nn
