// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trial_rows.h"

#include "core/base/text.h"
#include "ui/models/texts.h"

#include <algorithm>
#include <array>
#include <limits>

namespace greenfront::ui {
namespace {

using store::TrialOutcome;

Cell numberCell(double value) {
    return {.text = qt(shortText(value)), .sort = value, .help = qt(numberText(value))};
}

Cell countCell(std::uint64_t value) {
    return {.text = QString::number(value), .sort = QVariant::fromValue<qulonglong>(value), .help = {}};
}

/// Sorts behind all numbers.
Cell missingCell(const char* why) {
    return {.text = QStringLiteral("–"),
            .sort = std::numeric_limits<double>::infinity(),
            .help = QString::fromUtf8(why)};
}

Cell parameterCell(const store::TrialRow& trial, const std::string& name) {
    const auto found = trial.parameters.find(name);
    if (found == trial.parameters.end())
        return missingCell("Not active in this trial");
    if (found->is_number())
        return numberCell(found->get<double>());
    return {.text = parameterText(*found), .sort = {}, .help = {}};
}

Cell objectiveCell(const store::TrialRow& trial, std::size_t objective) {
    if (!trial.result || objective >= trial.result->objectives.size())
        return missingCell("This trial has no result");
    return numberCell(trial.result->objectives[objective]);
}

QString joulesHelp(const store::TrialRow& trial) {
    return QStringLiteral("%1 (%2 to %3)")
        .arg(qt(toText(trial.joules)), qt(toText(trial.low)), qt(toText(trial.high)));
}

QString line(const QString& title, const QString& value) {
    return QStringLiteral("<tr><td>%1&nbsp;&nbsp;</td><td align='right'>%2</td></tr>")
        .arg(title.toHtmlEscaped(), value.toHtmlEscaped());
}

QString directionHelp(const search::Objective& objective) {
    return objective.direction == Direction::Minimise ? QStringLiteral("Objective: lower is better")
                                                      : QStringLiteral("Objective: higher is better");
}

} // namespace

QString parameterText(const Json& value) {
    if (value.is_string())
        return qt(value.get<std::string>());
    if (value.is_number())
        return qt(shortText(value.get<double>()));
    return qt(value.dump());
}

QString outcomeText(const SearchView& view, std::size_t trial) {
    if (view.onFront[trial])
        return view.objectives().size() > 1 ? QStringLiteral("on the front") : QStringLiteral("best");
    const auto& result = view.result.trials[trial].result;
    if (result)
        return qt(std::string(toText(result->outcome)));
    const auto state = view.states.find(trial);
    return state == view.states.end() ? QString() : qt(std::string(toText(state->second)));
}

std::vector<Column> trialColumns(const SearchView& view) {
    std::vector<Column> columns{
        {.title = QStringLiteral("Trial"), .help = QStringLiteral("Its number, from 0"), .number = true},
        {.title = QStringLiteral("Outcome"), .help = {}}};
    for (const search::Objective& objective : view.objectives())
        columns.push_back({.title = qt(objective.name), .help = directionHelp(objective), .number = true});
    if (view.space)
        for (const search::SpaceParameter& parameter : view.space->parameters())
            columns.push_back({.title = qt(parameter.name),
                               .help = QStringLiteral("Parameter"),
                               .number = parameter.values.empty()});
    columns.push_back({.title = QStringLiteral("Time (s)"), .help = {}, .number = true});
    columns.push_back({.title = QStringLiteral("Energy (J)"),
                       .help = QStringLiteral("Of all sources that were counted"),
                       .number = true});
    columns.push_back(
        {.title = QStringLiteral("Reason"), .help = QStringLiteral("Why it was stopped or failed")});
    return columns;
}

std::vector<std::vector<Cell>> trialRows(const SearchView& view) {
    std::vector<std::vector<Cell>> rows;
    rows.reserve(view.result.trials.size());
    for (std::size_t i = 0; i < view.result.trials.size(); ++i) {
        const store::TrialRow& trial = view.result.trials[i];
        auto& row = rows.emplace_back();
        row.push_back(countCell(trial.number));
        row.push_back({.text = outcomeText(view, i), .sort = {}, .help = {}, .strong = view.onFront[i]});
        for (std::size_t k = 0; k < view.objectives().size(); ++k)
            row.push_back(objectiveCell(trial, k));
        if (view.space)
            for (const search::SpaceParameter& parameter : view.space->parameters())
                row.push_back(parameterCell(trial, parameter.name));
        row.push_back(numberCell(trial.seconds.value));
        row.push_back(numberCell(trial.joules.value));
        row.back().help = joulesHelp(trial);
        row.push_back({.text = trial.result ? qt(trial.result->reason) : QString(), .sort = {}, .help = {}});
    }
    return rows;
}

QString trialText(const SearchView& view, std::int64_t number) {
    const auto& trials = view.result.trials;
    const auto found =
        std::ranges::find(trials, static_cast<std::uint64_t>(number), &store::TrialRow::number);
    if (found == trials.end())
        return {};
    QString text =
        QStringLiteral("<b>Trial %1</b> – %2<table>")
            .arg(QString::number(number),
                 outcomeText(view, static_cast<std::size_t>(found - trials.begin())).toHtmlEscaped());
    for (std::size_t k = 0; k < view.objectives().size(); ++k)
        if (found->result && k < found->result->objectives.size())
            text += line(qt(view.objectives()[k].name), qt(shortText(found->result->objectives[k])));
    for (const auto& [name, value] : found->parameters.items())
        text += line(qt(name), parameterText(value));
    text += line(QStringLiteral("Energy"), qt(toText(found->joules)));
    return text + QStringLiteral("</table>");
}

QString searchSummary(const SearchView& view) {
    std::array<int, 4> outcomes{};
    Joules joules;
    for (const store::TrialRow& trial : view.result.trials) {
        joules += trial.joules;
        if (trial.result)
            ++outcomes.at(static_cast<std::size_t>(trial.result->outcome));
    }
    QStringList parts{qt(view.result.tuning.method)};
    for (const auto outcome :
         {TrialOutcome::Finished, TrialOutcome::Stopped, TrialOutcome::Infeasible, TrialOutcome::Failed})
        if (const int count = outcomes.at(static_cast<std::size_t>(outcome)); count > 0)
            parts << QStringLiteral("%1 %2").arg(count).arg(qt(std::string(toText(outcome))));
    if (view.objectives().size() > 1 && !view.result.front.empty())
        parts << QStringLiteral("%1 on the front").arg(view.result.front.size());
    parts << qt(toText(joules));
    if (const auto& learnt = view.result.learnt; learnt && learnt->isTransfer()) {
        const auto studies = std::ranges::count_if(learnt->sources, &search::TransferRecord::Source::used);
        parts << (studies == 1 ? QStringLiteral("learnt from a past study")
                               : QStringLiteral("learnt from %1 past studies").arg(studies));
    }
    return parts.join(QStringLiteral("  ·  "));
}

} // namespace greenfront::ui
