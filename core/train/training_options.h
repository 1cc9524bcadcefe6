// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/train/elastic_step.h"
#include "core/train/optimiser.h"

namespace greenfront::train {

// What the parameters of supernetSchema() mean, whatever recipe reads them.

StepOptions stepOptions(const Json& parameters);
std::unique_ptr<Optimiser> optimiserFor(const arch::Weights& weights, const Json& parameters);

/// Those whose names begin with the prefix, without it.
arch::Weights withPrefix(const arch::Weights& all, const std::string& prefix);
void addWithPrefix(arch::Weights& all, const std::string& prefix, const arch::Weights& some);

} // namespace greenfront::train
