// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/transform.h"

#include <string>
#include <utility>
#include <vector>

namespace greenfront::testing {

/// Networks written by hand that together use every operator and the corners of its parameters: groups,
/// strides on odd sizes, biases, a batch norm that cannot be folded, a hidden linear layer, no linear layer.
std::vector<std::pair<std::string, arch::Network>> sampleNetworks();
arch::Network sampleNetwork(const std::string& name);

/// The network with random weights and its normalisation in front.
arch::Model sampleModel(const arch::Network& network, std::uint64_t seed);

} // namespace greenfront::testing
