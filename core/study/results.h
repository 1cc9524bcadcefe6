// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"
#include "core/base/control.h"
#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/data/dataset.h"
#include "core/formats/model_file.h"
#include "core/store/workspace.h"

#include <map>
#include <string>
#include <vector>

namespace greenfront::study {

struct FrontPoint {
    CandidateId candidate;
    Genotype genotype;
    bool onFront = false;
    std::map<std::string, Metric> metrics;
};

/// Two metrics of all candidates for one device.
struct Front {
    std::string x, y, device, deviceTitle;
    Metric xMetric, yMetric;        ///< unit and direction of each axis
    std::vector<FrontPoint> points; ///< ascending in x; those that lack x or y are left out
};

/// The study's metrics for the device; throws Error that lists the known metrics or devices if one is
/// unknown.
Front frontOf(store::Workspace& workspace, StudyId study, const std::string& x, const std::string& y,
              const std::string& device);
Json toJson(const Front& front);
/// Names of the metrics that the study's candidates have for the device.
std::vector<std::string> metricNames(store::Workspace& workspace, StudyId study, const std::string& device);

/// "largest", "smallest" or a candidate's number.
struct NetworkChoice {
    StudyId study;
    Genotype genotype;
    std::optional<CandidateId> candidate;
};
NetworkChoice chooseNetwork(store::Workspace& workspace, StudyId study, const std::string& which);
arch::Network networkOf(store::Workspace& workspace, const NetworkChoice& choice);

struct Evaluation {
    double accuracy = 0; ///< percent
    std::size_t samples = 0;
};
/// The study must have trained. Judged as exported: batch norm recalibrated and folded, normalisation inside.
Evaluation evaluateNetwork(store::Workspace& workspace, const NetworkChoice& choice, data::Part part,
                           Control& control);

/// Writes the model file and its card.
void exportNetwork(store::Workspace& workspace, const NetworkChoice& choice, formats::Format format,
                   const std::filesystem::path& path, Control& control);

} // namespace greenfront::study
