// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/runs.h"

#include <QString>

#include <string>
#include <vector>

namespace greenfront::ui {

/// A series of a run over epochs, all of its points.
struct Curve {
    std::string name;
    std::vector<double> epochs, values;
};

/// The curves of one study's training.
struct Curves {
    RunId run;
    std::vector<Curve> curves;
    std::vector<store::EnergyRow> energy; ///< by phase and source

    const Curve* find(const std::string& name) const;
};

/// Per-step series are put on the axis of epochs by the number of steps that an epoch has.
Curves loadCurves(store::Workspace& workspace, StudyId study);
/// One line: joules by source, and what kind of number they are.
QString energyText(const std::vector<store::EnergyRow>& energy);

} // namespace greenfront::ui
