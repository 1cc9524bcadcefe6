// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/devices.h"
#include "core/study/predictions.h"
#include "ui/models/carbon_rows.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// Every prediction that the workspace keeps, and how far those of each kind can be trusted.
struct PredictionsView {
    std::vector<study::PredictionCheck> checks;
    std::vector<study::PredictionSummary> summaries;
    study::DeviceTitles titles;
};
PredictionsView loadPredictions(store::Workspace& workspace);

std::vector<Column> predictionColumns();
/// The newest run first.
std::vector<std::vector<Cell>> predictionRows(const PredictionsView& view);
/// One fact for each kind of prediction, also for one that no run has tried yet.
std::vector<CarbonFact> predictionFacts(const std::vector<study::PredictionSummary>& summaries);

/// "before the run", "from a profile"
QString predictionKindText(const std::string& kind);

} // namespace greenfront::ui
