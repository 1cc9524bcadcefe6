// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/data/dataset.h"

#include <optional>

namespace greenfront::data {

/// What a reader hands over: the samples as the files have them, before the split.
struct Loaded {
    std::string kind;
    std::vector<std::string> classes;
    Shape shape;
    Samples train;
    std::optional<Samples> validation; ///< only where the data brings a part of its own
    std::optional<Samples> test;       ///< likewise
    Augmentation augmentation;
    std::optional<Table> table = {}; ///< then values that are missing are NaN
};

/// The names "0" .. "count - 1", for data whose classes have no others.
std::vector<std::string> numberedClasses(std::size_t count);

} // namespace greenfront::data
