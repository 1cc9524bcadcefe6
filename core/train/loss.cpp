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

std::vector<float> alphaDivergenceGradient(std::span<const float> logits, std::span<const float> teacher,
                                           std::size_t classes, double scale) {
    constexpr double mostRatio = 5;
    constexpr double tiny = 1e-12;
    const std::vector<float> student = softmax(logits, classes);
    std::vector<float> gradient(logits.size());
    std::vector<double> ratios(classes);
    for (std::size_t first = 0; first < logits.size(); first += classes) {
        double forward = 0;  // alpha = 1: the Kullback-Leibler divergence
        double backward = 0; // alpha = -1
        double mean = 0;     // of the ratios, by the student's probabilities
        for (std::size_t i = 0; i < classes; ++i) {
            const double p = std::max<double>(teacher[first + i], tiny);
            const double q = std::max<double>(student[first + i], tiny);
            ratios[i] = std::min(q / p, mostRatio);
            forward += p * std::log(p / q);
            backward += q * (ratios[i] - 1) / 2;
            mean += q * ratios[i];
        }
        for (std::size_t i = 0; i < classes; ++i) {
            const double q = student[first + i];
            const double slope = forward >= backward ? q - teacher[first + i] : q * (ratios[i] - mean);
            gradient[first + i] = static_cast<float>(scale * slope);
        }
    }
    return gradient;
}

} // namespace greenfront::train
