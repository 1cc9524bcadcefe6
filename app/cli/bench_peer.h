// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/units.h"

#include <optional>
#include <string>

namespace greenfront::cli {

/// What the same step takes in PyTorch, written the plain way (resources/bench/supernet_step.py).
struct Peer {
    std::string torch; ///< version
    Seconds step;      ///< median
};

/// A Python that has PyTorch: the one asked for, or the first of the usual ones; nothing if there is none.
std::optional<std::string> findPython(const std::string& wanted);
/// Throws Error if it does not end well.
Peer runPeer(const std::string& python, const Json& space, int batch, int steps, int threads);

} // namespace greenfront::cli
