// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/base/metric.h"
#include "core/store/workspace.h"
#include "core/study/devices.h"
#include "ui/models/table_model.h"

#include <QString>
#include <QStringList>

#include <string>
#include <utility>
#include <vector>

namespace greenfront::ui {

/// Everything that the panel says about one candidate.
struct CandidateDetails {
    CandidateId id;
    StudyId study;
    arch::Network network;
    std::vector<std::pair<std::string, Metric>> metrics; ///< by device, "" for none
    study::DeviceTitles titles;
};

/// Throws Error if there is no such candidate.
CandidateDetails loadCandidate(store::Workspace& workspace, CandidateId id);

/// A line a stage: "Stage 1: 2 blocks, kernels 3 5, 24 channels, 8×8".
QStringList inWords(const arch::Network& network);

constexpr int layerColumnName = 0;
std::vector<Column> layerColumns();
std::vector<std::vector<Cell>> layerRows(const arch::Network& network);
constexpr int metricColumnName = 0;
constexpr int metricColumnHow = 5;
std::vector<Column> metricColumns();
/// Those of no device and of the chosen one first.
std::vector<std::vector<Cell>> metricRows(const CandidateDetails& details, const std::string& device);

} // namespace greenfront::ui
