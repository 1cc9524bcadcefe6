// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/formats/carbon_report.h"
#include "core/study/carbon.h"

#include <optional>
#include <string>

namespace greenfront::study {

struct ReportOptions {
    std::string device; ///< for the scores of an inference and the picture; "" is the first
    std::optional<CandidateId>
        candidate; ///< for the scores of an inference; nothing is the most accurate one
    std::optional<energy::FunctionalUnit> unit; ///< of the scores; nothing is all three
};

/// All that the workspace knows about the study's energy and carbon. Throws Error if no run has any energy
/// yet, or for an unknown device or candidate.
formats::CarbonReport reportOf(store::Workspace& workspace, StudyId study, const ReportOptions& options = {});

} // namespace greenfront::study
