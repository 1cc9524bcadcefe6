// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/carbon_query.h"
#include "ui/models/table_model.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// One number of the summary with what it means.
struct CarbonFact {
    QString title, value, detail, help;
};
/// Energy, operational and embodied carbon of the study's runs, and both of the whole workspace.
std::vector<CarbonFact> carbonFacts(const CarbonView& view);

/// By phase and source, with the sums at the end.
std::vector<Column> partColumns();
std::vector<std::vector<Cell>> partRows(const CarbonView& view);

/// The study as recorded beside the assumptions; `model`: whose lifecycle is shown, may be nullptr.
std::vector<Column> whatIfColumns();
std::vector<std::vector<Cell>> whatIfRows(const CarbonView& view, const study::ModelCarbon* model);

std::vector<Column> modelColumns();
std::vector<std::vector<Cell>> modelRows(const std::vector<study::ModelCarbon>& models);

/// "No. 14 – 97.31 %, 1.24 ms"
QString modelTitle(const study::ModelCarbon& model);
/// "No. 14 is the greener one after 1.20 M inferences on all devices together."
QString breakEvenText(const study::BreakEven& answer, const QString& first, const QString& second);

/// "France (FRA) – 56 g CO2e/kWh, annual average of 2023"
QString gridTitle(const energy::GridIntensity& grid);
/// "● measured", "○ estimated"
QString provenanceText(Provenance provenance);

} // namespace greenfront::ui
