// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/table_search.h"

#include <string>
#include <vector>

namespace greenfront::cli {

struct TableOptions {
    std::string table, out;
    std::vector<std::string> choices, objectives, constraints;
    std::string method = "nsga2";
    std::size_t budget = 200;
};

/// `search --table`
void searchTable(const TableOptions& options, std::uint64_t seed, bool json);

} // namespace greenfront::cli
