// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

#include <functional>

namespace greenfront::device {

/// A network ready to run one image, as it is exported: batch norm folded, normalisation first.
struct Runnable {
    arch::Network network; ///< as it runs
    /// after: called behind each of its layers; may be empty
    std::function<void(const std::function<void(std::size_t layer)>& after)> run;
};

/// The layers of a network as it is exported, with the normalisation first; batch norms may stay, as they
/// take no time of their own.
arch::Network asRun(arch::Network network);

/// Makes a network ready.
using Prepare = std::function<Runnable(const arch::Network&)>;

/// On LibTorch, in one thread an operator, with random weights: what they are does not change the time.
Prepare libTorch();

} // namespace greenfront::device
