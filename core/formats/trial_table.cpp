// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/trial_table.h"

#include "core/base/error.h"
#include "core/data/csv_rows.h"
#include "core/data/table_column.h"
#include "core/formats/moment.h"
#include "core/formats/trial_column.h"
#include "core/formats/trial_table_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace greenfront::formats {
namespace {

constexpr std::size_t mostRows = 1'000'000, mostCells = 10'000'000, longestCell = 4096;

/// How programs say that a trial ended, in lower case. Nothing: it has not.
struct StateWord {
    std::string_view word;
    std::optional<TrialEnd> end;
};
constexpr std::array<StateWord, 32> stateWords{{{"complete", TrialEnd::Finished},
                                                {"completed", TrialEnd::Finished},
                                                {"finished", TrialEnd::Finished},
                                                {"succeeded", TrialEnd::Finished},
                                                {"success", TrialEnd::Finished},
                                                {"terminated", TrialEnd::Finished},
                                                {"done", TrialEnd::Finished},
                                                {"pruned", TrialEnd::Stopped},
                                                {"stopped", TrialEnd::Stopped},
                                                {"early_stopped", TrialEnd::Stopped},
                                                {"canceled", TrialEnd::Stopped},
                                                {"cancelled", TrialEnd::Stopped},
                                                {"user_canceled", TrialEnd::Stopped},
                                                {"sys_canceled", TrialEnd::Stopped},
                                                {"killed", TrialEnd::Stopped},
                                                {"infeasible", TrialEnd::Infeasible},
                                                {"fail", TrialEnd::Failed},
                                                {"failed", TrialEnd::Failed},
                                                {"error", TrialEnd::Failed},
                                                {"crashed", TrialEnd::Failed},
                                                {"running", std::nullopt},
                                                {"waiting", std::nullopt},
                                                {"pending", std::nullopt},
                                                {"scheduled", std::nullopt},
                                                {"queued", std::nullopt},
                                                {"paused", std::nullopt},
                                                {"preparing", std::nullopt},
                                                {"starting", std::nullopt},
                                                {"provisioning", std::nullopt},
                                                {"notstarted", std::nullopt},
                                                {"not started", std::nullopt},
                                                {"finalizing", std::nullopt}}};

const StateWord* stateFrom(std::string_view cell) {
    std::string word(cell.substr(0, 32));
    std::ranges::transform(word, word.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const auto* const found = std::ranges::find(stateWords, word, &StateWord::word);
    return found == stateWords.end() ? nullptr : &*found;
}

class TableReader {
public:
    TableReader(const std::filesystem::path& file, const TrialTableOptions& options)
        : subject_(file.string()), options_(options), rows_(file) {}

    TrialStudy read();

private:
    [[noreturn]] void refuse(const std::string& reason, const std::string& advice) const {
        throw Error("read", subject_, reason, advice);
    }
    void readRows();
    void keepKnownStates();
    void keepGoodNumbers();
    std::optional<ForeignTrial> trialFrom(const CsvRow& row, std::size_t index) const;
    void addTimes(ForeignTrial& trial, const CsvRow& row) const;
    void judge(ForeignTrial& trial, const CsvRow& row, std::optional<TrialEnd> end) const;

    std::string subject_;
    const TrialTableOptions& options_;
    data::CsvRows rows_;
    TrialTableColumns columns_;
    std::vector<CsvRow> table_;
    std::vector<std::string> notes_;
};

void TableReader::readRows() {
    const auto heading = rows_.next();
    if (!heading)
        refuse("there is no row in it", "Check that this is the file you meant");
    columns_ = trialTableColumns(*heading, options_, subject_);
    while (auto row = rows_.next()) {
        const std::string line = "line " + std::to_string(rows_.line());
        if (row->size() != heading->size())
            refuse(line + " has " + std::to_string(row->size()) + " columns instead of " +
                       std::to_string(heading->size()),
                   "Every line needs the same number of columns; quote cells that hold the separator");
        for (const NamedColumn& parameter : columns_.parameters)
            if ((*row)[parameter.place].size() > longestCell)
                refuse(line + " has more than " + std::to_string(longestCell) + " bytes as its " +
                           parameter.name,
                       "Name the columns that are parameters with --parameters");
        if (table_.size() == mostRows || (table_.size() + 1) * heading->size() > mostCells)
            refuse("it has more than " + std::to_string(mostRows) + " rows, or " + std::to_string(mostCells) +
                       " cells",
                   "Leave some out");
        table_.push_back(std::move(*row));
    }
    if (table_.empty())
        refuse("it has no row below its heading", "Check that this is the file you meant");
}

/// A column of that name may hold anything else.
void TableReader::keepKnownStates() {
    for (const CsvRow& row : table_) {
        if (!columns_.state || data::isMissing(row[*columns_.state]) || stateFrom(row[*columns_.state]))
            continue;
        notes_.push_back("how trials ended is not read from the file: '" +
                         data::tidyText(row[*columns_.state].substr(0, 40)) + "' is no state that is known");
        columns_.state.reset();
    }
}

void TableReader::keepGoodNumbers() {
    std::set<double> seen;
    for (const CsvRow& row : table_) {
        if (!columns_.number)
            return;
        const auto number = cellNumber(row[*columns_.number]);
        if (!number || *number < 0 || *number > 0x1p53 || std::trunc(*number) != *number ||
            !seen.insert(*number).second)
            columns_.number.reset(); // rows are counted instead
    }
}

void TableReader::addTimes(ForeignTrial& trial, const CsvRow& row) const {
    setTimes(trial, columns_.start ? momentFrom(row[*columns_.start]) : std::nullopt,
             columns_.end ? momentFrom(row[*columns_.end]) : std::nullopt);
    std::optional<double> seconds;
    if (columns_.timespan)
        seconds = timespanFrom(row[*columns_.timespan]);
    if (!seconds && columns_.seconds)
        seconds = cellNumber(row[*columns_.seconds]);
    if (!trial.seconds && seconds && *seconds >= 0)
        trial.seconds = Seconds(*seconds);
}

void TableReader::judge(ForeignTrial& trial, const CsvRow& row, std::optional<TrialEnd> end) const {
    std::string missing;
    for (const NamedColumn& objective : columns_.objectives) {
        if (const auto value = cellNumber(row[objective.place]))
            trial.objectives.push_back(*value);
        else
            missing = objective.name;
    }
    trial.end = end.value_or(TrialEnd::Finished);
    if (trial.end == TrialEnd::Finished && !missing.empty()) {
        trial.end = TrialEnd::Failed;
        trial.reason = "it has no number for " + missing;
    } else if (trial.end == TrialEnd::Failed) {
        trial.reason = "it failed there";
    } else if (trial.end == TrialEnd::Stopped) {
        trial.reason = "stopped there";
    } else if (trial.end == TrialEnd::Infeasible) {
        trial.violation = 1; // by how much is not said
    }
    if (!missing.empty() || trial.end == TrialEnd::Failed)
        trial.objectives.clear();
}

std::optional<ForeignTrial> TableReader::trialFrom(const CsvRow& row, std::size_t index) const {
    std::optional<TrialEnd> end;
    if (columns_.state && !data::isMissing(row[*columns_.state])) {
        end = stateFrom(row[*columns_.state])->end;
        if (!end)
            return std::nullopt;
    }
    ForeignTrial trial;
    trial.number = columns_.number ? static_cast<std::uint64_t>(*cellNumber(row[*columns_.number])) : index;
    judge(trial, row, end);
    addTimes(trial, row);
    return trial;
}

TrialStudy TableReader::read() {
    readRows();
    keepKnownStates();
    keepGoodNumbers();
    TrialStudy study{.name = options_.name, .space = {{"parameters", Json::array()}}};
    study.objectives = options_.objectives;
    study.source = {{"format", "csv"}};
    std::vector<TrialColumn> values;
    values.reserve(columns_.parameters.size());
    for (const NamedColumn& parameter : columns_.parameters)
        values.emplace_back(parameter.name);
    for (std::size_t i = 0; i < table_.size(); ++i) {
        auto trial = trialFrom(table_[i], i);
        if (!trial) {
            ++study.unfinished;
            continue;
        }
        study.trials.push_back(std::move(*trial));
        for (std::size_t j = 0; j < values.size(); ++j)
            values[j].add(table_[i][columns_.parameters[j].place]);
    }
    for (const TrialColumn& column : values)
        study.space["parameters"].push_back(column.spaceEntry(subject_));
    for (std::size_t i = 0; i < study.trials.size(); ++i)
        for (std::size_t j = 0; j < values.size(); ++j)
            if (Json value = values[j].value(i); !value.is_null())
                study.trials[i].parameters[columns_.parameters[j].name] = std::move(value);
    study.notes = std::move(notes_);
    completeSpace(study);
    return study;
}

} // namespace

TrialStudy readTrialTable(const std::filesystem::path& file, const TrialTableOptions& options) {
    return TableReader(file, options).read();
}

} // namespace greenfront::formats
