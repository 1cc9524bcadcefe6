// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace greenfront::train {

// Scores of a network that was not trained, by weights of its own at random initialisation (He, from the
// seed): the larger, the better it is likely to become. They order the networks of one space; their values
// mean nothing across spaces.

/// SynFlow (Tanaka et al. 2020, Pruning neural networks without any data by iteratively conserving synaptic
/// flow), summed over the network as Abdelfattah et al. 2021 (Zero-cost proxies for lightweight NAS) do: the
/// natural logarithm of sum |w dR/dw|, where R is the sum of the logits for an input of ones with all weights
/// made positive and batch norm left out. One forward and one backward pass of one sample, without data.
double synflow(const arch::Network& network, std::uint64_t seed);

/// The overlap of activations (Mellor et al. 2021, Neural architecture search without training): log |det K|,
/// where K counts for each two images on how many of the network's rectified units they agree, by the
/// statistics of these images. `images`: normalised, NCHW, of the network's input; at least two. One forward
/// pass. Minus infinity where two images cannot be told apart.
double activationOverlap(const arch::Network& network, std::span<const float> images, std::uint64_t seed);

struct TrainingFreeScore {
    std::string name, source;
};
/// The two above, for what prints them.
const std::vector<TrainingFreeScore>& trainingFreeScores();

} // namespace greenfront::train
