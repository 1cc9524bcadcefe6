// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/curves.h"

#include "ui/models/texts.h"

#include <QStringList>

#include <algorithm>
#include <map>
#include <utility>

namespace greenfront::ui {
namespace {

using Points = std::vector<store::SeriesPoint>;

/// Has a value a step; all others have one an epoch.
bool isByStep(const std::string& name) {
    return name == "loss";
}

/// A mean over an epoch stands in its middle; what was judged after an epoch stands at its end.
double shiftOf(const std::string& name) {
    return name == "loss_epoch" ? -0.5 : 0.0;
}

Curve curveOf(const std::string& name, const Points& points, double scale) {
    Curve curve{.name = name, .epochs = {}, .values = {}};
    curve.epochs.reserve(points.size());
    curve.values.reserve(points.size());
    for (const auto& point : points) {
        curve.epochs.push_back(static_cast<double>(point.step) / scale + shiftOf(name));
        curve.values.push_back(point.value);
    }
    return curve;
}

} // namespace

const Curve* Curves::find(const std::string& name) const {
    const auto found = std::ranges::find(curves, name, &Curve::name);
    return found == curves.end() ? nullptr : &*found;
}

Curves loadCurves(store::Workspace& workspace, StudyId study) {
    Curves result;
    double stepsAnEpoch = 1;
    for (const auto& run : store::runsOf(workspace, study))
        if (run.kind == "training") {
            result.run = run.id;
            stepsAnEpoch = run.parameters.value("steps_an_epoch", 1.0);
        }
    if (!result.run)
        return result;
    for (const auto& name : store::seriesNames(workspace, result.run)) {
        const Points points = store::series(workspace, result.run, name);
        if (!points.empty())
            result.curves.push_back(curveOf(name, points, isByStep(name) ? stepsAnEpoch : 1.0));
    }
    result.energy = store::energyTotals(workspace, result.run);
    return result;
}

QString energyText(const std::vector<store::EnergyRow>& energy) {
    std::map<std::pair<std::string, std::string>, Joules> bySource;
    for (const auto& row : energy)
        bySource[{row.source, std::string(toText(row.provenance))}] += row.joules;
    QStringList texts;
    for (const auto& [source, joules] : bySource)
        texts << QStringLiteral("%1 by %2 (%3)").arg(qt(toText(joules)), qt(source.first), qt(source.second));
    return texts.join(QStringLiteral(", "));
}

} // namespace greenfront::ui
