// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/loaded.h"
#include "core/data/open.h"

namespace greenfront::data {

/// Divides what a reader found into train, validation and test. A part that the data brings itself is kept
/// as it is; the others are taken from the training samples, the same share of every class, chosen by
/// options.splitSeed. Order within a part is that of the files. Throws Error where a part would be empty or
/// fewer than two classes are there. `subject` is named in errors.
std::array<Samples, 3> split(Loaded&& loaded, const OpenOptions& options, const std::string& subject);

} // namespace greenfront::data
