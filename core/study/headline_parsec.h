// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/headline.h"

namespace greenfront::study {

/// PARSEC (Casale et al. 2019) beside weightless PARSEC and a random pick: over the same space and data, and
/// within the same limit, which half of the space's networks do not exceed in multiply-accumulates. Each
/// network found is trained on its own for the study's epochs and judged on the test part; of random picks
/// `alone` are, and their mean counts. What a search took is apart from what training its network took.
OrderedJson parsecBesideWeightless(store::Workspace& workspace, const HeadlineWish& wish, Control& control,
                                   const ProgressSink& progress);

} // namespace greenfront::study
