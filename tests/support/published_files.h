// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/weights.h"

#include <map>
#include <string>

namespace greenfront::testing {

/// The keys of a once-for-all latency table of MobileNetV3 at width 1.2, written out here apart from the
/// reader's code, each with a time that follows from the key alone: 0.001 ms for each character in it.
std::map<std::string, double> publishedTable(int resolution);
std::string asYaml(const std::map<std::string, double>& table);

/// Weights of a predictor in the published form: random, of this seed.
arch::Weights publishedPredictor(std::uint64_t seed);

} // namespace greenfront::testing
