// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/headline.h"

namespace greenfront::study {

/// One supernet specialised for N devices, beside N networks trained each on its own for as many epochs on
/// the same data (Cai et al. 2020, table 1): accuracy on the test part, latency, joules and grams for N = 1,
/// 4, 16 and 40, and what one more device costs. The networks trained alone are those that the supernet was
/// specialised to. A few devices are run; the rest follows from their mean and says so.
OrderedJson onceForAll(store::Workspace& workspace, const HeadlineWish& wish, Control& control,
                       const ProgressSink& progress);

} // namespace greenfront::study
