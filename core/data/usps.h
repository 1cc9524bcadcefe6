// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <filesystem>
#include <string_view>

namespace greenfront::data {

/// zip.train or zip.test, compressed or not, if the folder has it.
std::filesystem::path uspsFile(const std::filesystem::path& folder, std::string_view part);
bool looksLikeUsps(std::string_view head);

/// The ZIP code digits of Hastie, Tibshirani and Friedman, The Elements of Statistical Learning: text rows of
/// the digit and 256 grey values in -1..1, blank-separated, row by row of a 16x16 image. An empty `test` path
/// leaves the test part out. Throws Error naming file and row.
Loaded readUsps(const std::filesystem::path& train, const std::filesystem::path& test, Control* control);

} // namespace greenfront::data
