// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/device/latency_table.h"

#include <span>

namespace greenfront::device {

/// What was predicted, and what was measured.
struct Compared {
    Seconds predicted, measured;
};

Seconds corrected(const Correction& correction, Seconds predicted);
/// The log-linear correction that fits best; its error is the 95 % quantile of |corrected / measured - 1|
/// with each network left out in turn. The slope is left at 1 where fewer than 4 networks, or networks within
/// a factor of 1.2, cannot tell it. Throws Error without networks.
Correction fitCorrection(std::span<const Compared> networks);

/// How good predictions are on networks that they have not seen.
struct Accuracy {
    std::size_t networks = 0;
    double within5 = 0, within10 = 0;             ///< share, of |predicted / measured - 1|
    double spearman = 0;                          ///< rank correlation; 0 for fewer than 3
    double median = 0, quantile95 = 0, worst = 0; ///< of |predicted / measured - 1|
};
Accuracy accuracyOf(std::span<const Compared> networks);

} // namespace greenfront::device
