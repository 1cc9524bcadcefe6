// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/prediction_rows.h"

#include "core/base/text.h"
#include "ui/models/texts.h"

#include <algorithm>
#include <cmath>

namespace greenfront::ui {
namespace {

QString percent(double value, int decimals = 1) {
    return qt(fixedText(value, decimals)) + QStringLiteral(" %");
}

QString signedPercent(double value) {
    const QString sign = value < 0 ? QStringLiteral("−") : QStringLiteral("+");
    return sign + percent(std::abs(value));
}

Cell errorCell(double value, const QString& help) {
    return {.text = signedPercent(value), .sort = std::abs(value), .help = help};
}

QString runTitle(const store::RunRow& run, const study::DeviceTitles& titles) {
    const QString what = capitalised(qt(run.kind));
    return run.subject.empty() ? what
                               : QStringLiteral("%1, %2").arg(what, shortDeviceTitle(run.subject, titles));
}

QString kindCell(const store::PredictionRow& row) {
    return row.share > 0 ? QStringLiteral("%1, %2").arg(qt(row.kind), percent(100 * row.share))
                         : qt(row.kind);
}

QString timeHelp(const study::PredictionCheck& check) {
    const auto& row = check.prediction;
    const QString predicted =
        QStringLiteral("Time: %1 predicted, %2 to %3")
            .arg(qt(toText(row.seconds)), qt(toText(row.secondsLow)), qt(toText(row.secondsHigh)));
    return check.seconds ? QStringLiteral("%1; it took %2 (%3)")
                               .arg(predicted, qt(toText(Seconds(check.seconds->actual))),
                                    signedPercent(check.seconds->errorPercent()))
                         : predicted;
}

std::vector<Cell> rowOf(const study::PredictionCheck& check, const study::DeviceTitles& titles) {
    const auto& row = check.prediction;
    const QString help = timeHelp(check);
    std::vector<Cell> cells{
        {.text = QString::number(row.run.value), .sort = qlonglong{row.run.value}, .help = {}},
        {.text = runTitle(check.run, titles), .sort = {}, .help = {}},
        {.text = kindCell(row), .sort = {}, .help = qt(row.method)},
        {.text = qt(toText(row.joules)), .sort = row.joules.value, .help = help},
        {.text = QStringLiteral("%1 to %2").arg(qt(toText(row.joulesLow)), qt(toText(row.joulesHigh))),
         .sort = row.joulesLow.value,
         .help = help}};
    if (check.joules) {
        const bool held = check.joules->covered();
        cells.push_back(
            {.text = qt(toText(Joules(check.joules->actual))), .sort = check.joules->actual, .help = help});
        cells.push_back(errorCell(check.joules->errorPercent(), help));
        cells.push_back({.text = held ? QStringLiteral("✓ yes") : QStringLiteral("✗ no"),
                         .sort = held ? 1 : 0,
                         .help = {}});
    } else {
        const bool ended = check.run.state == store::RunState::Finished;
        cells.push_back(
            {.text = ended ? QStringLiteral("not as planned") : QStringLiteral("not finished"),
             .sort = -1.0,
             .help = ended ? QStringLiteral("The run did less or more than what was predicted") : QString()});
        cells.push_back({.text = QStringLiteral("–"), .sort = -1.0, .help = {}});
        cells.push_back({.text = QStringLiteral("–"), .sort = -1, .help = {}});
    }
    cells.push_back(check.naiveErrorPercent ? errorCell(*check.naiveErrorPercent, {})
                                            : Cell{.text = QStringLiteral("–"), .sort = -1.0, .help = {}});
    return cells;
}

CarbonFact factOf(const study::PredictionSummary& summary) {
    const auto& joules = summary.joules;
    QString detail =
        QStringLiteral("median error of the joules, %1; %2 of the 95 % intervals held")
            .arg(joules.count == 1 ? QStringLiteral("1 run") : QStringLiteral("%1 runs").arg(joules.count),
                 percent(100 * joules.coverage, 0));
    detail +=
        QStringLiteral("\nTime: %1, %2 held")
            .arg(percent(summary.seconds.medianErrorPercent), percent(100 * summary.seconds.coverage, 0));
    if (summary.naiveErrorPercent)
        detail += QStringLiteral("\nFirst epoch × epochs: %1").arg(percent(*summary.naiveErrorPercent));
    return {.title = capitalised(predictionKindText(summary.kind)),
            .value = percent(joules.medianErrorPercent),
            .detail = detail,
            .help = QStringLiteral("Half of the runs were predicted more closely than this. Runs that did "
                                   "not do what was planned are left out; “first epoch × epochs” is the "
                                   "naive prediction, of trainings alone.")};
}

} // namespace

PredictionsView loadPredictions(store::Workspace& workspace) {
    PredictionsView view;
    view.checks = study::predictionChecks(workspace);
    view.titles = study::deviceTitles(workspace);
    view.summaries = study::summariesOf(view.checks);
    return view;
}

QString predictionKindText(const std::string& kind) {
    return kind == study::beforeKind    ? QStringLiteral("before the run")
           : kind == study::profileKind ? QStringLiteral("from a profile")
                                        : qt(kind);
}

std::vector<Column> predictionColumns() {
    return {{.title = QStringLiteral("Run"), .help = {}, .number = true},
            {.title = QStringLiteral("Of"), .help = {}},
            {.title = QStringLiteral("Predicted"),
             .help = QStringLiteral(
                 "Before the run, from what earlier ones taught; or from a profile of the share "
                 "of the run that is told")},
            {.title = QStringLiteral("Energy"), .help = QStringLiteral("As predicted"), .number = true},
            {.title = QStringLiteral("Interval"), .help = QStringLiteral("95 %"), .number = true},
            {.title = QStringLiteral("Was"), .help = QStringLiteral("What the run did use"), .number = true},
            {.title = QStringLiteral("Error"), .help = QStringLiteral("Of what it was"), .number = true},
            {.title = QStringLiteral("Held"), .help = QStringLiteral("Was it within the interval?")},
            {.title = QStringLiteral("Naive"),
             .help = QStringLiteral("Error of the first epoch's joules times the number of epochs"),
             .number = true}};
}

std::vector<std::vector<Cell>> predictionRows(const PredictionsView& view) {
    std::vector<std::vector<Cell>> rows;
    rows.reserve(view.checks.size());
    for (const study::PredictionCheck& check : view.checks)
        rows.push_back(rowOf(check, view.titles));
    std::ranges::reverse(rows);
    return rows;
}

std::vector<CarbonFact> predictionFacts(const std::vector<study::PredictionSummary>& summaries) {
    std::vector<CarbonFact> facts;
    for (const char* kind : {study::beforeKind, study::profileKind}) {
        const auto found = std::ranges::find(summaries, kind, &study::PredictionSummary::kind);
        facts.push_back(found != summaries.end()
                            ? factOf(*found)
                            : CarbonFact{.title = capitalised(predictionKindText(kind)),
                                         .value = QStringLiteral("–"),
                                         .detail = QStringLiteral("No run to compare with yet"),
                                         .help = {}});
    }
    return facts;
}

} // namespace greenfront::ui
