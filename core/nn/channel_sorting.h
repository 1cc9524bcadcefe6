// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/search_space.h"
#include "core/arch/weights.h"

namespace greenfront::nn {

/// Puts the most important channels first wherever the space lets a network choose how many there are,
/// because a smaller network uses the first ones (Cai et al. 2020, section 3.2): inner channels of blocks,
/// widths of stages and hidden layers. A channel is as important as the weights with which convolutions (or,
/// where none does, linear layers) read it: their L1 norm. All that is coupled moves along: what writes the
/// channels, batch norm, depthwise convolutions, squeeze and excite, everything a residual joins, and what
/// reads them.
///
/// Networks with no choice below that of `supported` keep their channels, in another order, and so compute
/// what they did, up to rounding. Pass space.largest() if only the largest network was trained so far, and
/// the least choices trained so far later on: between their widths, channels are sorted on their own.
///
/// `weights` are those of nn::Supernet for this space. `momentum`, the optimiser's tensors of the same names
/// and shapes, is reordered alike.
void sortChannels(arch::Weights& weights, const arch::SearchSpace& space, const Genotype& supported,
                  arch::Weights* momentum = nullptr);

} // namespace greenfront::nn
