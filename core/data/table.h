// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/data/loaded.h"

#include <filesystem>

namespace greenfront::data {

/// Is it named .csv or .tsv, also with .gz?
bool isTableName(const std::filesystem::path& file);

/// A table with a row a sample, a column a feature, and a column with the class (text or numbers); its first
/// line names the columns unless one of its cells is a number. Samples are [features, 1, 1]. A column whose
/// cells are all numbers is a feature; one with texts becomes a feature for each of up to 64 different ones.
/// Empty cells, "?", "NA", "N/A", "NaN" and "null" are missing: NaN in the result, or 0 in all features of a
/// text. `label` as in OpenOptions. Throws Error naming file, line and column for what cannot be.
Loaded readTable(const std::filesystem::path& file, const std::string& label, Control* control);

/// Missing numbers become the median of the training part's (0 where it has none), and are counted.
void imputeMissing(std::array<Samples, 3>& parts, Table& table);

} // namespace greenfront::data
