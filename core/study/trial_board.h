// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/search/stopping_policy.h"
#include "core/search/transfer.h"
#include "core/store/trials.h"
#include "core/study/trial_output.h"
#include "core/study/tuning.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace greenfront::study {

/// What the search and its policy know of a tuning's trials: fed by the stored ones first, then by those that
/// run. Knows no programs, no clock and no meters.
class TrialBoard {
public:
    TrialBoard(const Tuning& tuning, const search::History& history);

    /// A stored trial, in the order of store::trialsOf(). One without a result is in flight again.
    void restore(store::Workspace& workspace, const store::TrialRow& row);
    /// Nothing once every assignment was tried.
    std::optional<search::Proposal> ask() { return optimiser_->ask(); }

    /// What a running trial told, and what it has taken by then (energyMetric and so on). Why it should stop;
    /// nothing if it should go on.
    std::optional<std::string> report(std::uint64_t trial, const Told& told,
                                      const std::map<std::string, double>& measured);
    /// How it ended: stopped for that reason, failed for that one, or by itself. `measured` as above, of the
    /// whole trial.
    store::TrialResult end(std::uint64_t trial, const std::string& stopped, const std::string& failed,
                           const std::map<std::string, double>& measured);

    /// What the search has used of its history so far.
    search::TransferRecord learnt() const { return optimiser_->record(); }
    const search::ParameterSpace& space() const { return optimiser_->space(); }

private:
    std::optional<double> valueOf(std::uint64_t trial, const std::string& metric,
                                  const std::map<std::string, double>& measured) const;
    store::TrialResult judged(std::uint64_t trial, const std::map<std::string, double>& measured) const;
    void tell(std::uint64_t trial, const store::TrialResult& result);

    const Tuning& tuning_;
    std::unique_ptr<search::TransferOptimiser> optimiser_;
    std::unique_ptr<search::StoppingPolicy> policy_;
    search::Curves curves_;
    std::map<std::uint64_t, std::map<std::string, double>> last_; ///< of each metric, by running trial
};

} // namespace greenfront::study
