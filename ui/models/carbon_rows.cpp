// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/carbon_rows.h"

#include "core/base/text.h"
#include "ui/models/texts.h"

#include <QStringList>

#include <cmath>
#include <optional>

namespace greenfront::ui {
namespace {

using study::EnergyPart;
using study::ModelCarbon;

QString none() {
    return QStringLiteral("–");
}

template <class Quantity>
QString text(const Quantity& quantity) {
    return qt(toText(quantity));
}

/// "12.0 to 48.1 kJ"; empty where the bounds are the value.
template <class Range>
QString boundsText(const Range& range) {
    if (range.low == range.value && range.high == range.value)
        return {};
    return QStringLiteral("%1 to %2").arg(text(range.low), text(range.high));
}

template <class Range>
Cell valueCell(const Range& range) {
    return {.text = text(range.value), .sort = range.value.value, .help = boundsText(range)};
}

template <class Range>
Cell boundsCell(const Range& range) {
    const QString bounds = boundsText(range);
    return {.text = bounds.isEmpty() ? none() : bounds, .sort = range.low.value, .help = {}};
}

Cell plain(const QString& words, const QString& help = {}) {
    return {.text = words, .sort = {}, .help = help};
}

/// Of carbon in a column whose title has the unit.
Cell withoutUnit(Cell cell) {
    cell.text.remove(QStringLiteral(" CO2e"));
    return cell;
}

QString unknownIdle() {
    return QStringLiteral("What this machine draws when idle has not been measured: the page Sources "
                          "does it");
}

std::vector<Cell> partRow(const EnergyPart& part, const QString& phase, const QString& source) {
    return {plain(phase),
            plain(source, qt(part.method)),
            plain(provenanceText(part.provenance), qt(part.method)),
            valueCell(part.joules),
            boundsCell(part.joules),
            part.net ? valueCell(*part.net) : plain(none(), unknownIdle()),
            withoutUnit(valueCell(part.carbon)),
            withoutUnit(boundsCell(part.carbon)),
            {.text = text(part.seconds), .sort = part.seconds.value, .help = {}}};
}

std::vector<Cell> totalRow(const EnergyPart& total, const QString& title) {
    auto row = partRow(total, title, {});
    row.back().text = {}; // sources count at the same time, so their times do not add up
    row.back().help = QStringLiteral(" ");
    for (Cell& cell : row)
        cell.strong = true;
    return row;
}

QString changeText(const study::CarbonChange& change) {
    if (change.grams.value == 0)
        return QStringLiteral("±0");
    const QString sign = change.grams.value < 0 ? QStringLiteral("−") : QStringLiteral("+");
    QString mass = sign + text(GramsCO2e(std::abs(change.grams.value)));
    if (!change.percent)
        return mass;
    return QStringLiteral("%1 (%2%3 %)").arg(mass, sign, qt(fixedText(std::abs(*change.percent), 1)));
}

using Mass = std::optional<energy::CarbonRange>;

Cell massCell(const Mass& mass, const QString& why) {
    return mass ? valueCell(*mass) : plain(QStringLiteral("unknown"), why);
}

std::vector<Cell> changeRow(const QString& title, const QString& help, const Mass& before, const Mass& after,
                            const QString& why, bool strong = false) {
    Cell change = plain(none());
    if (before && after) {
        const auto difference = study::changeOf(before->value, after->value);
        change = {.text = changeText(difference), .sort = difference.grams.value, .help = {}};
    }
    std::vector<Cell> row{plain(title, help), massCell(before, why), massCell(after, why), change};
    for (Cell& cell : row)
        cell.strong = strong;
    return row;
}

QString unknownMachine() {
    return QStringLiteral(
        "What it took to make this machine is not known: choose its class under “This machine is a”");
}

/// One part of a lifecycle, where it is known.
Mass partOf(const study::LifecycleAnswer& answer, const energy::CarbonRange energy::Lifecycle::*part) {
    return answer.life ? Mass((*answer.life).*part) : Mass();
}
Mass embodiedOf(const study::LifecycleAnswer& answer) {
    return answer.life && answer.life->embodiedKnown ? Mass(answer.life->embodied) : Mass();
}
Mass totalOf(const study::LifecycleAnswer& answer) {
    return answer.life ? Mass(answer.life->total()) : Mass();
}

void addLifecycleRows(std::vector<std::vector<Cell>>& rows, const ModelCarbon& model) {
    const auto& before = model.recorded;
    const auto& after = model.assumed;
    const QString why = qt(after.life ? before.unknown : after.unknown);
    const auto add = [&](const QString& title, const QString& help,
                         const energy::CarbonRange energy::Lifecycle::*part) {
        rows.push_back(changeRow(title, help, partOf(before, part), partOf(after, part), why));
    };
    add(QStringLiteral("No. %1: making").arg(model.candidate.value),
        QStringLiteral("Its share of the training and the search, for one device"),
        &energy::Lifecycle::making);
    add(QStringLiteral("No. %1: inferences").arg(model.candidate.value),
        QStringLiteral("Electricity of all inferences on one device"), &energy::Lifecycle::use);
    rows.push_back(changeRow(
        QStringLiteral("No. %1: device").arg(model.candidate.value),
        QStringLiteral("Its share of what it took to make the device"), embodiedOf(before), embodiedOf(after),
        why.isEmpty() ? QStringLiteral("What the device is made of is not known") : why));
    rows.push_back(changeRow(QStringLiteral("No. %1: lifecycle").arg(model.candidate.value),
                             QStringLiteral("Making, export, inferences and device together, on one device"),
                             totalOf(before), totalOf(after), why, true));
}

CarbonFact embodiedFact(const CarbonView& view) {
    const auto& machine = view.recorded.settings.machine;
    if (!view.recorded.embodied || !machine)
        return {.title = QStringLiteral("Embodied carbon"),
                .value = QStringLiteral("unknown"),
                .detail = QStringLiteral("The study does not say what this machine is"),
                .help = QStringLiteral("Try a class of machine under “What if”, or set “This machine is a” "
                                       "on the study page")};
    return {.title = QStringLiteral("Embodied carbon"),
            .value = text(view.recorded.embodied->value),
            .detail =
                boundsText(*view.recorded.embodied) + QStringLiteral("\n○ estimated, ") + qt(machine->title),
            .help = qt(machine->source)};
}

QString detailOf(const EnergyPart& total, const QString& bounds) {
    return bounds + QLatin1Char('\n') + provenanceText(total.provenance);
}

} // namespace

QString provenanceText(Provenance provenance) {
    return (provenance == Provenance::Measured ? QStringLiteral("● ") : QStringLiteral("○ ")) +
           qt(std::string(toText(provenance)));
}

QString gridTitle(const energy::GridIntensity& grid) {
    const QString value = qt(fixedText(grid.value.value, grid.value.value < 9.95 ? 1 : 0));
    const QString place =
        grid.code.empty() ? qt(grid.place) : QStringLiteral("%1 (%2)").arg(qt(grid.place), qt(grid.code));
    QString title = place.trimmed().isEmpty() ? QString() : place + QStringLiteral(" – ");
    title += QStringLiteral("%1 g CO2e/kWh").arg(value);
    if (grid.annual)
        title += QStringLiteral(", annual average of %1").arg(grid.year);
    else if (grid.year > 0)
        title += QStringLiteral(", %1").arg(grid.year);
    return title;
}

std::vector<CarbonFact> carbonFacts(const CarbonView& view) {
    const EnergyPart total = study::totalOf(view.parts);
    const EnergyPart& all = view.workspace.total;
    const auto& settings = view.recorded.settings;
    return {
        {.title = QStringLiteral("Energy"),
         .value = text(total.joules.value),
         .detail = detailOf(total, boundsText(total.joules)),
         .help = QStringLiteral("Of every run of this study, with the bounds between which it is believed "
                                "to lie")},
        {.title = QStringLiteral("Operational carbon"),
         .value = text(total.carbon.value),
         .detail = detailOf(total, boundsText(total.carbon)),
         .help = QStringLiteral("Energy × PUE %1 × %2")
                     .arg(qt(numberText(settings.pue)), qt(describe(settings.grid)))},
        embodiedFact(view),
        {.title = QStringLiteral("Whole workspace"),
         .value = text(all.carbon.value),
         .detail =
             QStringLiteral("operational, %1\n%2, %3")
                 .arg(text(all.joules.value),
                      view.workspace.studies == 1 ? QStringLiteral("1 study")
                                                  : QStringLiteral("%1 studies").arg(view.workspace.studies),
                      provenanceText(all.provenance)),
         .help = QStringLiteral("All studies of the workspace, each under its own assumptions; %1")
                     .arg(boundsText(all.carbon))}};
}

std::vector<Column> partColumns() {
    const QString sum = QStringLiteral("95 %; the bounds of a sum are the sums of the bounds");
    return {
        {.title = QStringLiteral("Phase"), .help = {}},
        {.title = QStringLiteral("Source"), .help = QStringLiteral("What counted the joules")},
        {.title = QStringLiteral("From"),
         .help = QStringLiteral("● read off hardware, ○ from a model or a formula")},
        {.title = QStringLiteral("Energy"), .help = {}, .number = true},
        {.title = QStringLiteral("Interval"), .help = sum, .number = true},
        {.title = QStringLiteral("Net"),
         .help = QStringLiteral("Energy without what the machine draws when idle; all else here is gross"),
         .number = true},
        {.title = QStringLiteral("CO2e"),
         .help = QStringLiteral("Operational carbon: energy × PUE × carbon intensity"),
         .number = true},
        {.title = QStringLiteral("Interval"),
         .help = sum + QStringLiteral("; from the energy alone, intensity and PUE are taken as given"),
         .number = true},
        {.title = QStringLiteral("Time"),
         .help = QStringLiteral("For which the source counted"),
         .number = true}};
}

std::vector<std::vector<Cell>> partRows(const CarbonView& view) {
    std::vector<std::vector<Cell>> rows;
    for (const EnergyPart& part : view.parts)
        rows.push_back(partRow(part, capitalised(qt(part.phase)), qt(part.source)));
    const auto measured = study::totalOf(view.parts, Provenance::Measured);
    const auto estimated = study::totalOf(view.parts, Provenance::Estimated);
    if (measured && estimated) {
        rows.push_back(totalRow(*measured, QStringLiteral("Measured")));
        rows.push_back(totalRow(*estimated, QStringLiteral("Estimated")));
    }
    rows.push_back(totalRow(study::totalOf(view.parts), QStringLiteral("Total")));
    return rows;
}

std::vector<Column> whatIfColumns() {
    return {
        {.title = QStringLiteral("Carbon"), .help = {}},
        {.title = QStringLiteral("Recorded"), .help = QStringLiteral("As the study says"), .number = true},
        {.title = QStringLiteral("What if"),
         .help = QStringLiteral("Under the assumptions above"),
         .number = true},
        {.title = QStringLiteral("Difference"), .help = {}, .number = true}};
}

std::vector<std::vector<Cell>> whatIfRows(const CarbonView& view, const ModelCarbon* model) {
    std::vector<std::vector<Cell>> rows;
    rows.push_back(changeRow(QStringLiteral("Runs, operational"),
                             QStringLiteral("Electricity of every run of this study"),
                             view.recorded.operational,
                             view.assumed ? Mass(view.assumed->operational) : Mass(), qt(view.unknown)));
    rows.push_back(changeRow(QStringLiteral("Runs, embodied"),
                             QStringLiteral("Their share of what it took to make this machine"),
                             view.recorded.embodied, view.assumed ? view.assumed->embodied : Mass(),
                             view.unknown.empty() ? unknownMachine() : qt(view.unknown)));
    if (model != nullptr)
        addLifecycleRows(rows, *model);
    return rows;
}

std::vector<Column> modelColumns() {
    return {
        {.title = QStringLiteral("No."), .help = QStringLiteral("The candidate's number"), .number = true},
        {.title = QStringLiteral("Accuracy"), .help = {}, .number = true},
        {.title = QStringLiteral("Latency"), .help = {}, .number = true},
        {.title = QStringLiteral("Lifecycle"),
         .help = QStringLiteral("On one device, as the study says: making, export, inferences, device"),
         .number = true},
        {.title = QStringLiteral("Interval"), .help = {}, .number = true},
        {.title = QStringLiteral("What if"),
         .help = QStringLiteral("The same under the assumptions"),
         .number = true},
        {.title = QStringLiteral("Difference"), .help = {}, .number = true}};
}

std::vector<std::vector<Cell>> modelRows(const std::vector<ModelCarbon>& models) {
    std::vector<std::vector<Cell>> rows;
    for (const ModelCarbon& model : models) {
        const Metric& accuracy = model.metrics.at("accuracy");
        const Metric& latency = model.metrics.at("latency_ms");
        const Mass before = totalOf(model.recorded);
        const auto change =
            changeRow({}, {}, before, totalOf(model.assumed),
                      qt(model.recorded.life ? model.assumed.unknown : model.recorded.unknown));
        rows.push_back({{.text = QString::number(model.candidate.value),
                         .sort = QVariant::fromValue<qint64>(model.candidate.value),
                         .help = {}},
                        {.text = valueText(accuracy), .sort = accuracy.value, .help = qt(accuracy.method)},
                        {.text = valueText(latency), .sort = latency.value, .help = qt(latency.method)},
                        change.at(1),
                        before ? boundsCell(*before) : plain(none()),
                        change.at(2),
                        change.at(3)});
    }
    return rows;
}

QString modelTitle(const ModelCarbon& model) {
    return QStringLiteral("No. %1 – %2, %3")
        .arg(QString::number(model.candidate.value), valueText(model.metrics.at("accuracy")),
             valueText(model.metrics.at("latency_ms")));
}

QString breakEvenText(const study::BreakEven& answer, const QString& first, const QString& second) {
    using Answer = study::BreakEven::Answer;
    const auto later = [&](const QString& dearer) {
        return QStringLiteral("%1 is the greener one after %2 inferences on all devices together.")
            .arg(dearer, qt(shortCount(std::ceil(answer.inferences))));
    };
    const auto always = [](const QString& greener, const QString& other) {
        return QStringLiteral("%1 is always the greener one: %2 cost more to make and saves nothing in use.")
            .arg(greener, other);
    };
    switch (answer.answer) {
    case Answer::FirstLater:
        return later(first);
    case Answer::SecondLater:
        return later(second);
    case Answer::FirstAlways:
        return always(first, second);
    case Answer::SecondAlways:
        return always(second, first);
    case Answer::SameToMake:
        return QStringLiteral("Both cost the same to make, so %1 is greener from the first inference.")
            .arg(answer.firstCheaperInUse ? first : second);
    case Answer::Unknown:
        break;
    }
    return QStringLiteral("Not known, as the lifecycle of one of the two is not.");
}

} // namespace greenfront::ui
