// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/dataset.h"

namespace greenfront::data {

/// SHA-256 over the shape and, part by part, the labels and values, all little-endian. Names and paths do not
/// count: the same samples in another folder are the same data.
std::string fingerprint(Shape shape, std::size_t classes, const std::array<Samples, 3>& parts);

} // namespace greenfront::data
