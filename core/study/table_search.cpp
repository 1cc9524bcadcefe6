// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/table_search.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/search/hypervolume.h"
#include "core/search/optimiser.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace greenfront::study {
namespace {

constexpr Bytes largestTable(std::uint64_t(1) << 30);

class Table {
public:
    explicit Table(const std::filesystem::path& path)
        : subject_(path.string()), rows_(parseCsv(readMaybeGzip(path, largestTable), subject_)) {
        if (rows_.size() < 2)
            throw Error("search", subject_, "it has no rows below its heading");
        for (std::size_t i = 0; i < header().size(); ++i)
            if (!columns_.emplace(std::string(trimmed(header()[i])), i).second)
                throw Error("search", subject_, "two columns are called '" + header()[i] + "'",
                            "Rename one of them");
        for (std::size_t i = 1; i < rows_.size(); ++i)
            if (rows_[i].size() != header().size())
                throw Error("search", subject_,
                            "row " + std::to_string(i - 1) + " has " + std::to_string(rows_[i].size()) +
                                " cells and the heading " + std::to_string(header().size()));
    }

    const CsvRow& header() const { return rows_.front(); }
    std::size_t size() const { return rows_.size() - 1; }
    const CsvRow& row(std::size_t index) const { return rows_[index + 1]; }
    const std::string& subject() const { return subject_; }
    std::size_t column(const std::string& name) const {
        const auto found = columns_.find(name);
        if (found == columns_.end())
            throw Error("search", subject_, "it has no column '" + name + "'",
                        "It has " + join(header(), ", "));
        return found->second;
    }

private:
    std::string subject_;
    std::vector<CsvRow> rows_;
    std::map<std::string, std::size_t> columns_;
};

/// What may be chosen in one column: its values as a parameter, and the place of each cell's text in it.
search::SpaceParameter choiceOf(const Table& table, const std::string& name, std::size_t column,
                                std::map<std::string, double>& places) {
    std::set<double> numbers;
    std::set<std::string> texts;
    bool allNumbers = true;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const std::string& cell = table.row(i)[column];
        const auto number = numberIn(cell);
        allNumbers = allNumbers && number;
        if (number)
            numbers.insert(*number);
        texts.insert(cell);
    }
    search::SpaceParameter parameter{.name = name, .type = search::ParameterType::Categorical};
    if (!allNumbers) {
        for (const std::string& text : texts) {
            places[text] = static_cast<double>(parameter.values.size());
            parameter.values.emplace_back(text);
        }
        return parameter;
    }
    parameter.type = search::ParameterType::Ordinal;
    parameter.values.assign(numbers.begin(), numbers.end());
    for (const std::string& text : texts)
        places[text] = static_cast<double>(std::distance(numbers.begin(), numbers.find(*numberIn(text))));
    return parameter;
}

/// A column in which all rows agree is no choice, but every row must be found by the others.
struct Choices {
    std::vector<std::size_t> columns;
    std::vector<search::SpaceParameter> parameters;
    std::map<std::vector<double>, std::size_t> rows; ///< by their values
};

Choices choicesOf(const Table& table, const std::vector<std::string>& names) {
    if (names.empty())
        throw Error("search", table.subject(), "no column is to be chosen from", "Name some with --choices");
    Choices choices;
    std::vector<std::map<std::string, double>> places;
    for (const std::string& name : names) {
        std::map<std::string, double> place;
        auto parameter = choiceOf(table, name, table.column(name), place);
        if (parameter.values.size() < 2)
            throw Error("search", table.subject(), "all rows have the same '" + name + "'",
                        "Leave it out of --choices");
        choices.columns.push_back(table.column(name));
        choices.parameters.push_back(std::move(parameter));
        places.push_back(std::move(place));
    }
    for (std::size_t row = 0; row < table.size(); ++row) {
        std::vector<double> values;
        values.reserve(places.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            values.push_back(places[i].at(table.row(row)[choices.columns[i]]));
        const auto [place, isNew] = choices.rows.emplace(std::move(values), row);
        if (!isNew)
            throw Error("search", table.subject(),
                        "rows " + std::to_string(place->second) + " and " + std::to_string(row) +
                            " have the same choices",
                        "Add what tells them apart to --choices, or keep one of them");
    }
    return choices;
}

/// The values of the objectives, and by how much the constraints are broken.
class Judge {
public:
    Judge(const Table& table, const TableSearch& search) : table_(table), search_(search) {
        for (const search::Objective& objective : search.objectives)
            objectives_.push_back(table.column(objective.name));
        for (const search::Constraint& constraint : search.constraints)
            table.column(constraint.metric);
    }

    search::Outcome outcome(std::size_t row) const {
        search::Outcome outcome;
        for (const std::size_t column : objectives_) {
            const auto value = numberIn(table_.row(row)[column]);
            if (!value)
                return search::Outcome::failure();
            outcome.objectives.push_back(*value);
        }
        outcome.violation = search::violationOf(search_.constraints, [&](const std::string& metric) {
            return numberIn(table_.row(row)[table_.column(metric)]);
        });
        return outcome;
    }

private:
    const Table& table_;
    const TableSearch& search_;
    std::vector<std::size_t> objectives_;
};

CsvRow missingRow(const Table& table, const Choices& choices, const search::Assignment& assignment) {
    CsvRow row(table.header().size());
    for (std::size_t i = 0; i < choices.columns.size(); ++i) {
        const Json& value = choices.parameters[i].values[static_cast<std::size_t>(assignment.values[i])];
        row[choices.columns[i]] =
            value.is_string() ? value.get<std::string>() : numberText(value.get<double>());
    }
    return row;
}

} // namespace

TableSearchResult searchTable(const TableSearch& search, const Control& control) {
    const Table table(search.table);
    const Choices choices = choicesOf(table, search.choices);
    const Judge judge(table, search);
    const auto directions = search::directionsOf(search.objectives);
    const auto optimiser = search::makeOptimiser(
        search.method,
        {.space = search::ParameterSpace(choices.parameters), .directions = directions, .seed = search.seed},
        search.methodOptions);
    TableSearchResult result{.header = table.header()};
    std::vector<search::Point> found;
    std::vector<std::size_t> rows;
    while (result.asked.size() < search.budget && !control.cancelRequested()) {
        const auto proposal = optimiser->ask();
        if (!proposal)
            break;
        const auto row = choices.rows.find(proposal->assignment.values);
        if (row == choices.rows.end()) {
            result.asked.push_back(missingRow(table, choices, proposal->assignment));
            ++result.missing;
            optimiser->tell(proposal->id, search::Outcome::infeasible());
            continue;
        }
        result.asked.push_back(table.row(row->second));
        const search::Outcome outcome = judge.outcome(row->second);
        if (outcome.feasible()) {
            found.push_back(outcome.objectives);
            rows.push_back(row->second);
        }
        result.infeasible += outcome.feasible() ? 0 : 1;
        optimiser->tell(proposal->id, outcome);
    }
    std::vector<search::Point> all;
    for (std::size_t row = 0; row < table.size(); ++row)
        if (auto outcome = judge.outcome(row); outcome.feasible())
            all.push_back(std::move(outcome.objectives));
    if (all.empty())
        return result;
    result.reference = search::worstOf(all, directions);
    result.hypervolume = search::hypervolume(found, directions, result.reference);
    result.ofTheTable = search::hypervolume(all, directions, result.reference);
    for (const std::size_t index : search::paretoFront(found, directions))
        result.front.push_back(rows[index]);
    return result;
}

} // namespace greenfront::study
