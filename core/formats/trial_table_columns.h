// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/csv.h"
#include "core/formats/trial_table.h"

#include <optional>

namespace greenfront::formats {

struct NamedColumn {
    std::string name; ///< without what stands before it
    std::size_t place = 0;
};

/// What the columns of a table of trials are.
struct TrialTableColumns {
    std::vector<NamedColumn> parameters, objectives;
    std::optional<std::size_t> number, state, start, end, timespan, seconds;
};

/// Throws Error where it cannot tell, naming the columns.
TrialTableColumns trialTableColumns(const CsvRow& heading, const TrialTableOptions& options,
                                    const std::string& subject);

} // namespace greenfront::formats
