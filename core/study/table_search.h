// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/base/csv.h"
#include "core/base/json.h"
#include "core/search/constraint.h"
#include "core/search/objective.h"
#include "core/search/pareto.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace greenfront::study {

/// A search among the rows of a table, as if each were a trial: for comparing methods, and for tables of what
/// was evaluated before.
struct TableSearch {
    std::filesystem::path table;      ///< CSV; the first line names the columns
    std::vector<std::string> choices; ///< columns; those of numbers are ordinal, others categorical
    std::vector<search::Objective> objectives;
    std::vector<search::Constraint> constraints{};
    std::string method = "nsga2";
    Json methodOptions = Json::object();
    std::size_t budget = 200; ///< rows that may be asked for, those that are not in the table among them
    std::uint64_t seed = 1;
};

struct TableSearchResult {
    CsvRow header;               ///< the table's
    std::vector<CsvRow> asked{}; ///< in the order of asking; only the choices of what is not in the table
    std::size_t missing = 0;     ///< of `asked`: not in the table
    std::size_t infeasible = 0;  ///< of `asked`: breaks a constraint
    std::vector<std::size_t> front{}; ///< rows of the table, from 0, that no other one asked for dominates
    double hypervolume = 0;           ///< of those
    double ofTheTable = 0;            ///< of all rows that hold the constraints
    search::Point reference{};        ///< of both: the worst of those rows
};

/// Ends before the budget is used up where every combination was asked for, or after a request to stop.
/// Throws Error for a table without such columns, with two columns of one name, or with two rows of the same
/// choices.
TableSearchResult searchTable(const TableSearch& search, const Control& control);

} // namespace greenfront::study
