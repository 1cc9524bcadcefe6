// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/metric.h"
#include "core/store/workspace.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace greenfront::store {

struct CandidateRow {
    CandidateId id;
    StudyId study;
    Genotype genotype;
};

/// The same genotype of the same study is the same candidate.
CandidateId putCandidate(Workspace& workspace, StudyId study, const Genotype& genotype);
std::optional<CandidateRow> findCandidate(Workspace& workspace, CandidateId id);
std::vector<CandidateRow> candidatesOf(Workspace& workspace, StudyId study);

/// device: "" for what does not depend on one. Replaces the metric of the same name and device.
void putMetric(Workspace& workspace, CandidateId id, const std::string& device, const Metric& metric);
/// (device, metric) of one candidate
std::vector<std::pair<std::string, Metric>> metricsOf(Workspace& workspace, CandidateId id);
/// By candidate, for one device: its own metrics and those that depend on none. One query for a whole study.
std::map<CandidateId, std::map<std::string, Metric>> metricsFor(Workspace& workspace, StudyId study,
                                                                const std::string& device);
/// Devices that any candidate of the study has metrics for, without "".
std::vector<std::string> devicesOf(Workspace& workspace, StudyId study);

/// The order in which a search run was told its results, for resuming it.
void addEvaluation(Workspace& workspace, RunId run, CandidateId candidate,
                   std::span<const double> objectives);
std::vector<std::pair<Genotype, std::vector<double>>> evaluationsOf(Workspace& workspace, RunId run);

} // namespace greenfront::store
