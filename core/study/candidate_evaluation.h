// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/study/carbon.h"
#include "core/study/devices.h"
#include "core/study/phases.h"

#include <span>
#include <string>
#include <vector>

namespace greenfront::study {

/// Turns a genotype into metrics and writes them down. What the workspace has already is not computed again.
class CandidateEvaluation {
public:
    CandidateEvaluation(const PhaseContext& context, const Trained& trained,
                        const std::vector<std::string>& devices);

    struct Result {
        CandidateId candidate;
        double accuracy = 0; ///< percent, search-validation part
        double cost = 0;     ///< on the device: the study's cost objective
        bool judged = false; ///< its accuracy was not known from an earlier search
        bool fits = true;    ///< into the device; otherwise accuracy and cost are not numbers
    };
    /// Accounts its energy to the log as "search" and "measuring".
    Result evaluate(const Genotype& genotype, const device::Profile& device, RunLog& log);

    /// The accuracy alone, and what is counted in the network.
    double judge(const Genotype& genotype, RunLog& log);

private:
    using Metrics = std::vector<std::pair<std::string, Metric>>; ///< device and metric

    struct Target {
        device::Profile profile;
        std::unique_ptr<device::LatencyModel> model;
    };

    double costOf(const Metrics& known, const device::Profile& device) const;
    Metrics judgement(const arch::Model& model, const Genotype& genotype) const;
    Metric measured(const arch::Model& model) const;
    /// network: as the space decodes it, which what fits is judged by.
    Metrics latencies(const arch::Model& model, const arch::Network& network,
                      const device::Profile& device) const;

    const PhaseContext& context_;
    const Trained& trained_;
    std::vector<Target> described_;
    std::string costName_;
    CarbonSettings carbon_;
    StudyAccount training_; ///< the same for every network, however often the search is taken up again
};

} // namespace greenfront::study
