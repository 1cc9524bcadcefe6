// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/search_query.h"
#include "ui/models/table_model.h"

#include <cstdint>
#include <vector>

namespace greenfront::ui {

/// Number, outcome, objectives, parameters, seconds, joules, reason. The first sorts by the trial's number,
/// which names the trial in plots too.
std::vector<Column> trialColumns(const SearchView& view);
std::vector<std::vector<Cell>> trialRows(const SearchView& view);

/// "finished", "on the front", "stopped", ...; of one without a result the state of its run.
QString outcomeText(const SearchView& view, std::size_t trial);
/// A trial in a few lines, as rich text: what became of it, its objectives and its parameters.
QString trialText(const SearchView& view, std::int64_t number);
/// One line of what the search is and what it has taken.
QString searchSummary(const SearchView& view);
/// A parameter's value for a person.
QString parameterText(const Json& value);

} // namespace greenfront::ui
