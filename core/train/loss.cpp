// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/loss.h"

#include <algorithm>
#include <cmath>

namespace greenfront::train {
namespace {

/// log(sum(exp(row))), without overflow.
double logSumExp(std::span<const float> row) {
    const double most = *std::ranges::max_element(row);
    double sum = 0;
    for (const float value : row)
        sum += std::exp(value - most);
    return most + std::log(sum);
}

} // namespace

std::vector<float> smoothedTargets(std::span<const int> labels, std::size_t classes, double smoothing) {
    std::vector<float> targets(labels.size() * classes,
                               static_cast<float>(smoothing / static_cast<double>(classes)));
    for (std::size_t n = 0; n < labels.size(); ++n)
        targets[n * classes + static_cast<std::size_t>(labels[n])] += static_cast<float>(1.0 - smoothing);
    return targets;
}

std::vector<float> softmax(std::span<const float> logits, std::size_t classes) {
    std::vector<float> shares(logits.size());
    for (std::size_t first = 0; first < logits.size(); first += classes) {
        const double log = logSumExp(logits.subspan(first, classes));
        for (std::size_t i = first; i < first + classes; ++i)
            shares[i] = static_cast<float>(std::exp(logits[i] - log));
    }
    return shares;
}

double crossEntropy(std::span<const float> logits, std::span<const int> labels) {
    const std::size_t classes = logits.size() / labels.size();
    double sum = 0;
    for (std::size_t n = 0; n < labels.size(); ++n) {
        const auto row = logits.subspan(n * classes, classes);
        sum += logSumExp(row) - row[static_cast<std::size_t>(labels[n])];
    }
    return sum;
}

std::vector<float> crossEntropyGradient(std::span<const float> logits, std::span<const float> targets,
                                        std::size_t classes, double scale) {
    std::vector<float> gradient = softmax(logits, classes);
    for (std::size_t i = 0; i < gradient.size(); ++i)
        gradient[i] = static_cast<float>(scale * (gradient[i] - targets[i]));
    return gradient;
}

} // namespace greenfront::train
