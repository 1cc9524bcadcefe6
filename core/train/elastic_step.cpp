// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/elastic_step.h"

#include "core/data/resize.h"
#include "core/nn/runtime.h"
#include "core/train/loss.h"

#include <algorithm>
#include <numeric>

namespace greenfront::train {

PassWork workOf(const arch::Network& network) {
    const arch::Costs costs = arch::networkCosts(network);
    return {costs.macs, costs.activations};
}

std::vector<Batches::Batch> shardsOf(const Batches::Batch& batch, const Shape& images, const Shape& input) {
    const std::size_t samples = batch.labels.size();
    const std::size_t size = images.size();
    const std::size_t each = std::clamp<std::size_t>(samples / 2, 8, 32);
    std::vector<Batches::Batch> shards(std::max<std::size_t>(1, samples / each));
    for (std::size_t i = 0; i < shards.size(); ++i) {
        const std::size_t first = samples * i / shards.size();
        const std::size_t count = samples * (i + 1) / shards.size() - first;
        const auto some = std::span(batch.images).subspan(first * size, count * size);
        const auto labels = std::span(batch.labels).subspan(first, count);
        shards[i] = {data::resized(some, images, input), {labels.begin(), labels.end()}};
    }
    return shards;
}

struct ElasticStep::Shard {
    std::unique_ptr<nn::Pass> pass, teacher;
    Batches::Batch batch;
    nn::TimeSpent time;
};

ElasticStep::ElasticStep(const Shape& images, const arch::Weights& shared, StepOptions options)
    : images_(images), shared_(shared), options_(std::move(options)), gradients_(shared) {
    nn::checkCompute(options_.compute);
}

ElasticStep::~ElasticStep() = default;

void ElasticStep::setTeacher(arch::Weights weights) {
    for (Shard& shard : shards_)
        shard.teacher.reset();
    teacher_ = std::move(weights);
}

void ElasticStep::cut(const Batches::Batch& batch, const Shape& input) {
    std::vector<Batches::Batch> parts = shardsOf(batch, images_, input);
    used_ = parts.size();
    while (shards_.size() < used_)
        shards_.push_back({nn::makePass(options_.compute, shared_), {}, {}, {}});
    for (std::size_t i = 0; i < used_; ++i)
        shards_[i].batch = std::move(parts[i]);
}

std::vector<float> ElasticStep::distil(std::span<const float> logits, std::span<const float> taught,
                                       std::size_t classes, double scale) const {
    return options_.distillation == Distillation::AlphaDivergence
               ? alphaDivergenceGradient(logits, taught, classes, scale)
               : crossEntropyGradient(logits, taught, classes, scale);
}

double ElasticStep::learnFromLargest(Shard& shard, const StepPlan& plan, double scale) const {
    const auto classes = static_cast<std::size_t>(plan.networks.front().classes());
    std::vector<float> taught;
    double loss = 0;
    for (const arch::Network& network : plan.networks) {
        const auto logits = shard.pass->forward(network, shard.batch.images);
        if (taught.empty()) {
            const auto labels = smoothedTargets(shard.batch.labels, classes, options_.labelSmoothing);
            shard.pass->backward(crossEntropyGradient(logits, labels, classes, scale));
            taught = softmax(logits, classes);
            loss = crossEntropy(logits, shard.batch.labels);
        } else {
            shard.pass->backward(distil(logits, taught, classes, scale));
        }
        shard.time.add(shard.pass->timeSpent());
    }
    return loss;
}

double ElasticStep::learnFromTeacher(Shard& shard, const StepPlan& plan, double scale) const {
    const auto classes = static_cast<std::size_t>(plan.teacher->classes());
    if (!shard.teacher)
        shard.teacher = nn::makePass(options_.compute, teacher_);
    const auto taught = softmax(shard.teacher->forward(*plan.teacher, shard.batch.images), classes);
    shard.time.add(shard.teacher->timeSpent());
    const auto labels = smoothedTargets(shard.batch.labels, classes, options_.labelSmoothing);
    double loss = 0;
    for (const arch::Network& network : plan.networks) {
        const auto logits = shard.pass->forward(network, shard.batch.images);
        auto gradient = crossEntropyGradient(logits, labels, classes, scale);
        const auto more = distil(logits, taught, classes, scale * options_.teacherWeight);
        std::transform(gradient.begin(), gradient.end(), more.begin(), gradient.begin(), std::plus<>());
        shard.pass->backward(gradient);
        if (&network == &plan.networks.front())
            loss = crossEntropy(logits, shard.batch.labels);
        shard.time.add(shard.pass->timeSpent());
    }
    return loss;
}

double ElasticStep::runShard(Shard& shard, const StepPlan& plan, double scale) const {
    shard.pass->begin();
    shard.time.restart();
    return plan.teacher ? learnFromTeacher(shard, plan, scale) : learnFromLargest(shard, plan, scale);
}

double ElasticStep::run(const Batches::Batch& batch, const StepPlan& plan) {
    cut(batch, plan.networks.front().input());
    const auto samples = static_cast<double>(batch.labels.size());
    std::vector<double> losses(used_);
    nn::parallel(used_, [&](std::size_t i) { losses[i] = runShard(shards_[i], plan, 1.0 / samples); });
    // In the shards' order: the same result for any number of threads.
    gradients_.clear();
    timeSpent_.restart();
    for (std::size_t i = 0; i < used_; ++i) {
        gradients_.add(shards_[i].pass->gradients());
        timeSpent_.add(shards_[i].time);
    }
    return std::accumulate(losses.begin(), losses.end(), 0.0) / samples;
}

double ElasticStep::lossOf(const Batches::Batch& batch, const arch::Network& network) {
    cut(batch, network.input());
    std::vector<double> losses(used_);
    nn::parallel(used_, [&](std::size_t i) {
        shards_[i].pass->begin();
        losses[i] =
            crossEntropy(shards_[i].pass->forward(network, shards_[i].batch.images), shards_[i].batch.labels);
    });
    return std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(batch.labels.size());
}

} // namespace greenfront::train
