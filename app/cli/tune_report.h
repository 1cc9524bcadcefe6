// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/study/tune.h"

namespace greenfront::cli {

/// {study, objectives, trials: [{number, outcome, parameters, objectives, seconds, joules, low, high,
/// reason}], front: [numbers], hypervolume, reference, history, seconds, joules}
OrderedJson tuningJson(const study::TuningResult& result);
/// The front as a table, and what all of it took.
void printTuning(const study::TuningResult& result);

} // namespace greenfront::cli
