// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/accuracy_predictor.h"

#include "core/base/error.h"
#include "core/nn/activation.h"
#include "core/nn/gemm.h"
#include "core/nn/runtime.h"

#include <algorithm>

namespace greenfront::train {
namespace {

constexpr std::size_t layerCount = 4;
constexpr const char* advice =
    "It should hold 0, 2, 4 and 6.weight and .bias of a perceptron over the space's choices";

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

const arch::Tensor& tensorOf(const arch::Weights& weights, const std::string& name,
                             const std::string& subject) {
    const auto found = weights.find(name);
    if (found == weights.end())
        throw Error("read", subject, "it does not hold '" + name + "'", advice);
    return found->second;
}

const std::vector<float>& valuesOf(const arch::Weights& weights, const std::string& name,
                                   const std::vector<std::int64_t>& shape, const std::string& subject) {
    const arch::Tensor& tensor = tensorOf(weights, name, subject);
    if (tensor.shape != shape)
        throw Error("read", subject,
                    "its '" + name + "' is " + shapeText(tensor.shape) + " and not " + shapeText(shape),
                    advice);
    return tensor.values;
}

} // namespace

FeatureLayout publishedLayout(const arch::MbconvSpace& space) {
    constexpr std::size_t stages = 5, blocks = 4, choices = 3;
    constexpr int firstResolution = 112, step = 16, resolutions = 8;
    const auto& all = space.parameters().stages;
    const auto fits = [](const arch::MbconvStage& stage) {
        return stage.kernels == std::vector{3, 5, 7} && stage.expansions == std::vector{3, 4, 6} &&
               stage.depths == std::vector{2, 3, 4};
    };
    const auto resolution = space.resolutionGene();
    if (all.size() != stages + 1 || !std::ranges::all_of(all.begin() + 1, all.end(), fits) || !resolution)
        throw Error("use", "accuracy predictor", "it is made for the space mobilenet-v3 of the paper",
                    "Search that space, or train a predictor of your own");
    FeatureLayout layout{std::vector<int>(space.genes().size(), FeatureLayout::none),
                         2 * stages * blocks * choices + resolutions};
    for (std::size_t s = 0; s < stages; ++s)
        for (std::size_t b = 0; b < blocks; ++b) {
            const std::size_t place = (s * blocks + b) * choices;
            layout.firsts[space.kernelGene(s + 1, b)] = static_cast<int>(place);
            layout.firsts[space.expansionGene(s + 1, b)] =
                static_cast<int>(stages * blocks * choices + place);
        }
    const auto& sizes = space.genes()[*resolution].values;
    for (std::size_t i = 0; i < sizes.size(); ++i)
        if (sizes[i] != sizes.front() + step * static_cast<int>(i) ||
            (sizes[i] - firstResolution) % step != 0 || sizes[i] < firstResolution ||
            sizes[i] >= firstResolution + step * resolutions)
            throw Error("use", "accuracy predictor",
                        "it knows the resolutions 112, 128, ... 224 and not a choice with " +
                            std::to_string(sizes[i]),
                        "Give tables of resolutions that follow each other");
    layout.firsts[*resolution] =
        static_cast<int>(2 * stages * blocks * choices) + (sizes.front() - firstResolution) / step;
    return layout;
}

FeatureLayout fullLayout(const arch::SearchSpace& space) {
    FeatureLayout layout;
    layout.firsts.reserve(space.genes().size());
    for (const arch::Gene& gene : space.genes()) {
        layout.firsts.push_back(static_cast<int>(layout.inputs));
        layout.inputs += gene.values.size();
    }
    return layout;
}

std::vector<std::size_t> featuresOf(const Genotype& genotype, const FeatureLayout& layout,
                                    const arch::SearchSpace& space) {
    const std::vector<bool> idle = space.idle(genotype);
    std::vector<std::size_t> features;
    features.reserve(genotype.size());
    for (std::size_t gene = 0; gene < genotype.size(); ++gene)
        if (!idle[gene] && layout.firsts[gene] != FeatureLayout::none)
            features.push_back(static_cast<std::size_t>(layout.firsts[gene] + genotype[gene]));
    return features;
}

AccuracyPredictor::AccuracyPredictor(const arch::Weights& weights, FeatureLayout layout,
                                     const arch::SearchSpace& space, const std::string& subject)
    : layout_(std::move(layout)), space_(space) {
    auto inputs = static_cast<std::int64_t>(layout_.inputs);
    for (std::size_t i = 0; i < layerCount; ++i) {
        const std::string name = std::to_string(2 * i);
        const std::string biasName = name + ".bias";
        const arch::Tensor& bias = tensorOf(weights, biasName, subject);
        const std::int64_t outputs = i + 1 == layerCount || bias.shape.empty() ? 1 : bias.shape.front();
        valuesOf(weights, biasName, {outputs}, subject);
        layers_.push_back({static_cast<std::size_t>(inputs), static_cast<std::size_t>(outputs),
                           valuesOf(weights, name + ".weight", {outputs, inputs}, subject), bias.values});
        inputs = outputs;
    }
    Dense& first = layers_.front();
    for (std::size_t o = 0; o < first.out; ++o)
        for (std::size_t i = 0; i < first.in; ++i)
            first.weight[i * first.out + o] = weights.at("0.weight").values[o * first.in + i];
}

double AccuracyPredictor::macs() const {
    double sum = 0;
    for (const Dense& layer : layers_)
        sum += static_cast<double>(layer.in) * static_cast<double>(layer.out);
    return sum;
}

/// The first layer: the inputs are 0 or 1, so its product is a sum of rows.
void AccuracyPredictor::sumFeatures(const Genotype& genotype, float* sums) const {
    const Dense& first = layers_.front();
    std::ranges::copy(first.bias, sums);
    for (const std::size_t feature : featuresOf(genotype, layout_, space_)) {
        const float* row = first.weight.data() + feature * first.out;
        for (std::size_t o = 0; o < first.out; ++o)
            sums[o] += row[o];
    }
}

void AccuracyPredictor::predictPart(std::span<const Genotype> genotypes, float* out) const {
    const std::size_t samples = genotypes.size();
    std::vector<float> values(samples * layers_.front().out);
    for (std::size_t n = 0; n < samples; ++n)
        sumFeatures(genotypes[n], values.data() + n * layers_.front().out);
    std::vector<float> next;
    for (std::size_t i = 1; i < layers_.size(); ++i) {
        const Dense& layer = layers_[i];
        nn::activate(values.data(), values.data(), values.size(), nn::Activation::Relu);
        next.resize(samples * layer.out);
        for (std::size_t n = 0; n < samples; ++n)
            std::ranges::copy(layer.bias, next.data() + n * layer.out);
        nn::multiplyTransposed({values.data(), samples, layer.in, layer.in},
                               {layer.weight.data(), layer.out, layer.in, layer.in}, next.data(), layer.out,
                               nn::Result::Add);
        values.swap(next);
    }
    std::ranges::copy(values, out);
}

std::vector<float> AccuracyPredictor::predict(std::span<const Genotype> genotypes) const {
    constexpr std::size_t part = 64; // large enough for the products, small enough for the cache
    std::vector<float> predictions(genotypes.size());
    nn::parallel((genotypes.size() + part - 1) / part, [&](std::size_t i) {
        const auto some = genotypes.subspan(i * part, std::min(part, genotypes.size() - i * part));
        predictPart(some, predictions.data() + i * part);
    });
    return predictions;
}

} // namespace greenfront::train
