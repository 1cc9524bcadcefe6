// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/model_file.h"

namespace greenfront::testing {

/// A model as it would leave a study: random weights, and every field filled in.
formats::ModelFile sampleFile(const arch::Network& network, std::uint64_t seed);

} // namespace greenfront::testing
