// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/trial_table_columns.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/table_column.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

namespace greenfront::formats {
namespace {

constexpr std::size_t mostColumns = 10'000;
using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> parameterPrefixes{
    "params_", "params.", "param.", "config.", "config/", "hparams.", "parameters.", "hyperparameters."};
constexpr std::array<std::string_view, 8> metricPrefixes{"values_",  "value_",   "metrics.",    "metric.",
                                                         "metrics/", "summary.", "user_attrs_", "results."};
constexpr std::array<std::string_view, 5> otherPrefixes{"datetime_", "user_attrs_", "system_attrs_",
                                                        "Unnamed:", "intermediate_values_"};
constexpr std::array<std::string_view, 2> stateNames{"state", "status"};
constexpr std::array<std::string_view, 3> startNames{"datetime_start", "start_time", "started"};
constexpr std::array<std::string_view, 3> endNames{"datetime_complete", "end_time", "ended"};
constexpr std::array<std::string_view, 6> secondNames{"seconds",      "duration_s", "duration_seconds",
                                                      "time_total_s", "_runtime",   "runtime"};

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

std::optional<std::string> behind(const std::string& name, Words prefixes) {
    for (const std::string_view prefix : prefixes)
        if (name.size() > prefix.size() && name.starts_with(prefix))
            return name.substr(prefix.size());
    return std::nullopt;
}

/// The heading, and what of it has a meaning already.
class Heading {
public:
    Heading(const CsvRow& cells, const std::string& subject) : subject_(subject), taken_(cells.size()) {
        if (cells.size() > mostColumns)
            refuse("it has more than " + std::to_string(mostColumns) + " columns", "Leave some out");
        std::set<std::string> seen;
        names_.reserve(cells.size());
        for (const std::string& cell : cells) {
            names_.push_back(data::tidyText(trimmed(cell)));
            if (!names_.back().empty() && !seen.insert(names_.back()).second)
                refuse("two of its columns are named '" + names_.back() + "'", "Rename one of them");
        }
    }

    [[noreturn]] void refuse(const std::string& reason, const std::string& advice) const {
        throw Error("read", subject_, reason, advice);
    }

    /// The column of that name, or the one that has it behind one of the prefixes.
    NamedColumn take(const std::string& wanted, Words prefixes) {
        auto place = std::ranges::find(names_, wanted) - names_.begin();
        const auto matches = [&](const std::string& name) { return behind(name, prefixes) == wanted; };
        if (place == std::ssize(names_)) {
            if (std::ranges::count_if(names_, matches) > 1)
                refuse("several of its columns could be '" + wanted + "'",
                       "Give the whole name of the one you mean");
            place = std::ranges::find_if(names_, matches) - names_.begin();
        }
        if (place == std::ssize(names_))
            refuse("it has no column '" + wanted + "'", "Its columns are " + someNames(open()));
        const auto index = static_cast<std::size_t>(place);
        if (taken_[index])
            refuse("its column '" + wanted + "' is asked for twice", "Name each column once");
        taken_[index] = true;
        return {wanted, index};
    }

    std::vector<NamedColumn> takeAll(Words prefixes) {
        std::vector<NamedColumn> columns;
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (const auto name = behind(names_[i], prefixes); name && !taken_[i]) {
                columns.push_back({*name, i});
                taken_[i] = true;
            }
        return columns;
    }

    std::optional<std::size_t> find(Words names) const {
        for (const std::string_view wanted : names)
            for (std::size_t i = 0; i < names_.size(); ++i)
                if (!taken_[i] && lower(names_[i]) == wanted)
                    return i;
        return std::nullopt;
    }

    void leaveAside(std::optional<std::size_t> place) {
        if (place)
            taken_[*place] = true;
    }

    /// What has no meaning yet and could have one.
    std::vector<std::string> open() const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (!taken_[i] && !names_[i].empty() && !behind(names_[i], otherPrefixes))
                names.push_back(names_[i]);
        return names;
    }

private:
    const std::string& subject_;
    std::vector<std::string> names_;
    std::vector<bool> taken_;
};

std::vector<std::string> without(std::vector<std::string> names, Words prefixes) {
    std::erase_if(names, [&](const std::string& name) { return behind(name, prefixes).has_value(); });
    return names;
}

/// Those that look like values first of all.
[[noreturn]] void askForObjectives(const Heading& heading) {
    std::vector<std::string> names = without(heading.open(), parameterPrefixes);
    std::vector<std::string> likely;
    std::ranges::copy_if(names, std::back_inserter(likely), [](const std::string& name) {
        return name == "value" || name == "reward" || behind(name, metricPrefixes);
    });
    if (!likely.empty())
        names = std::move(likely);
    heading.refuse("it does not say which of its values are the objectives, and which way they are better",
                   names.empty()
                       ? "Name them with --objective min:COLUMN or max:COLUMN"
                       : "Name them with --objective min:COLUMN or max:COLUMN, of " + someNames(names));
}

[[noreturn]] void askForParameters(const Heading& heading) {
    const auto names = heading.open();
    if (names.empty())
        heading.refuse("it has no column left that could be a parameter",
                       "Check that this is the file you meant");
    heading.refuse("it cannot be told which of its columns are parameters: " + someNames(names),
                   "Name them with --parameters " + names.front() + ",...");
}

void checkNames(const std::vector<NamedColumn>& parameters, const Heading& heading) {
    std::set<std::string> names;
    for (const NamedColumn& parameter : parameters)
        if (!names.insert(parameter.name).second)
            heading.refuse("two of its columns are the parameter '" + parameter.name + "'",
                           "Name the columns that are parameters with --parameters");
}

} // namespace

TrialTableColumns trialTableColumns(const CsvRow& cells, const TrialTableOptions& options,
                                    const std::string& subject) {
    Heading heading(cells, subject);
    TrialTableColumns columns;
    for (const TrialObjective& objective : options.objectives)
        columns.objectives.push_back(heading.take(objective.name, metricPrefixes));
    for (const std::string& name : options.parameters)
        columns.parameters.push_back(heading.take(name, parameterPrefixes));
    columns.number = heading.find(std::array<std::string_view, 1>{"number"});
    columns.state = heading.find(stateNames);
    columns.start = heading.find(startNames);
    columns.end = heading.find(endNames);
    columns.timespan = heading.find(std::array<std::string_view, 1>{"duration"});
    columns.seconds = heading.find(secondNames);
    for (const auto place : {columns.number, columns.state, columns.start, columns.end, columns.timespan,
                             columns.seconds, heading.find(std::array<std::string_view, 1>{"trial_id"}),
                             heading.find(std::array<std::string_view, 1>{"trialjobid"})})
        heading.leaveAside(place);
    if (options.objectives.empty())
        askForObjectives(heading);
    if (options.parameters.empty())
        columns.parameters = heading.takeAll(parameterPrefixes);
    if (columns.parameters.empty())
        askForParameters(heading);
    checkNames(columns.parameters, heading);
    return columns;
}

} // namespace greenfront::formats
