// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

namespace greenfront::train {

// Logits, targets and gradients are [samples][classes]; targets are distributions over the classes.

/// The labels with `smoothing` of each target spread over all classes.
std::vector<float> smoothedTargets(std::span<const int> labels, std::size_t classes, double smoothing);
std::vector<float> softmax(std::span<const float> logits, std::size_t classes);
/// Cross-entropy of the labels, summed over the samples.
double crossEntropy(std::span<const float> logits, std::span<const int> labels);
/// d (scale * cross-entropy of the targets, summed over the samples) / d logits
std::vector<float> crossEntropyGradient(std::span<const float> logits, std::span<const float> targets,
                                        std::size_t classes, double scale);
/// d (scale * D) / d logits, where D is for each sample the larger of the alpha-divergences of the teacher's
/// probabilities at alpha = -1 and +1; at -1 no ratio of probabilities counts more than 5 times (Wang et al.
/// 2021, AlphaNet). It punishes probability that the teacher does not give as well as what it gives alone.
std::vector<float> alphaDivergenceGradient(std::span<const float> logits, std::span<const float> teacher,
                                           std::size_t classes, double scale);

} // namespace greenfront::train
