// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/statistics.h"
#include "core/nn/runtime.h"
#include "core/nn/tensors_torch.h"
#include "core/train/predictor_ensemble.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace greenfront::train {
namespace {

using torch::Tensor;

constexpr std::size_t members = 5;
constexpr int64_t inner = 64;
constexpr std::size_t layers = 4;

/// Accuracies are learnt as deviations from their mean, in units of their own spread.
struct Scale {
    double mean = 0, deviation = 1;
};

struct Member {
    std::vector<Tensor> weights, biases;

    Member(int64_t inputs, std::uint64_t seed) {
        Rng rng(seed);
        int64_t in = inputs;
        for (std::size_t i = 0; i < layers; ++i) {
            const int64_t out = i + 1 == layers ? 1 : inner;
            std::vector<float> values(static_cast<std::size_t>(out * in));
            for (float& value : values)
                value = static_cast<float>(rng.normal() * std::sqrt(2.0 / static_cast<double>(in)));
            weights.push_back(torch::tensor(values).reshape({out, in}).requires_grad_(true));
            biases.push_back(torch::zeros({out}, torch::requires_grad()));
            in = out;
        }
    }

    Tensor predict(const Tensor& features) const {
        Tensor values = features;
        for (std::size_t i = 0; i < layers; ++i) {
            values = torch::addmm(biases[i], values, weights[i].t());
            if (i + 1 < layers)
                values = torch::relu(values);
        }
        return values.squeeze(1);
    }

    std::vector<Tensor> parameters() const {
        std::vector<Tensor> all = weights;
        all.insert(all.end(), biases.begin(), biases.end());
        return all;
    }
};

Tensor featureMatrix(const arch::SearchSpace& space, std::span<const JudgedNetwork> networks) {
    const FeatureLayout layout = fullLayout(space);
    Tensor features =
        torch::zeros({static_cast<int64_t>(networks.size()), static_cast<int64_t>(layout.inputs)});
    auto values = features.accessor<float, 2>();
    for (std::size_t n = 0; n < networks.size(); ++n)
        for (const std::size_t feature : featuresOf(networks[n].genotype, layout, space))
            values[static_cast<int64_t>(n)][static_cast<int64_t>(feature)] = 1;
    return features;
}

/// AdamW (Loshchilov and Hutter 2019) on all samples at once, the learning rate falling along a cosine.
Member fitMember(const Tensor& features, const Tensor& targets, std::uint64_t seed) {
    constexpr int steps = 250;
    constexpr double rate = 5e-3, decay = 0.1;
    Member member(features.size(1), seed);
    torch::optim::AdamW adam(member.parameters(), torch::optim::AdamWOptions(rate).weight_decay(decay));
    for (int step = 0; step < steps; ++step) {
        const double share = 0.5 * (1 + std::cos(std::numbers::pi * step / steps));
        static_cast<torch::optim::AdamWOptions&>(adam.param_groups()[0].options()).lr(rate * share);
        adam.zero_grad();
        torch::mse_loss(member.predict(features), targets).backward();
        adam.step();
    }
    return member;
}

/// Of percent, not of deviations: the last layer scales back.
arch::Weights weightsOf(const Member& member, const Scale& scale, const std::string& prefix) {
    const torch::NoGradGuard guard;
    arch::Weights weights;
    for (std::size_t i = 0; i < layers; ++i) {
        const bool last = i + 1 == layers;
        const double factor = last ? scale.deviation : 1;
        const double shift = last ? scale.mean : 0;
        const std::string name = prefix + std::to_string(2 * i);
        weights[name + ".weight"] = nn::fromTorch(member.weights[i].detach() * factor);
        weights[name + ".bias"] = nn::fromTorch(member.biases[i].detach() * factor + shift);
    }
    return weights;
}

Scale scaleOf(std::span<const JudgedNetwork> networks) {
    Scale scale;
    for (const JudgedNetwork& network : networks)
        scale.mean += network.accuracy / static_cast<double>(networks.size());
    std::vector<double> deviations;
    for (const JudgedNetwork& network : networks)
        deviations.push_back(network.accuracy - scale.mean);
    if (const double deviation = rootMeanSquare(deviations); deviation > 0)
        scale.deviation = deviation;
    return scale;
}

} // namespace

FittedPredictor fitPredictor(const arch::SearchSpace& space, std::span<const JudgedNetwork> networks,
                             std::uint64_t seed) {
    constexpr std::size_t fewest = 2 * members;
    if (networks.size() < fewest)
        throw Error("fit", "an accuracy predictor",
                    std::to_string(networks.size()) + " networks are too few to learn from",
                    "Judge at least " + std::to_string(fewest));
    const Scale scale = scaleOf(networks);
    const Tensor features = featureMatrix(space, networks);
    std::vector<float> deviations;
    for (const JudgedNetwork& network : networks)
        deviations.push_back(static_cast<float>((network.accuracy - scale.mean) / scale.deviation));
    const Tensor targets = torch::tensor(deviations);
    std::vector<std::size_t> order(networks.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    Rng(seed).shuffle(std::span(order));

    std::vector<double> predicted(networks.size());
    std::vector<arch::Weights> weights(members);
    nn::parallel(members, [&](std::size_t i) {
        std::vector<int64_t> seen;
        std::vector<int64_t> unseen;
        for (std::size_t place = 0; place < order.size(); ++place)
            (place % members == i ? unseen : seen).push_back(static_cast<int64_t>(order[place]));
        const Tensor learnt = torch::tensor(seen);
        const Member member =
            fitMember(features.index_select(0, learnt), targets.index_select(0, learnt), seed + 1 + i);
        const torch::NoGradGuard guard;
        const Tensor held = member.predict(features.index_select(0, torch::tensor(unseen)));
        for (std::size_t place = 0; place < unseen.size(); ++place)
            predicted[static_cast<std::size_t>(unseen[place])] =
                scale.mean + scale.deviation * held[static_cast<int64_t>(place)].item<double>();
        weights[i] = weightsOf(member, scale, std::to_string(i) + "/");
    });

    FittedPredictor fitted;
    for (arch::Weights& part : weights)
        fitted.weights.merge(part);
    std::vector<double> actual;
    std::vector<double> errors;
    for (std::size_t n = 0; n < networks.size(); ++n) {
        actual.push_back(networks[n].accuracy);
        errors.push_back(std::abs(predicted[n] - networks[n].accuracy));
    }
    constexpr double covered = 0.9;
    fitted.quality = {networks.size(), rootMeanSquare(errors), rankCorrelation(predicted, actual),
                      quantileOf(errors, covered)};
    return fitted;
}

} // namespace greenfront::train
