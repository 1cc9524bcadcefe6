// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/recorder.h"
#include "core/store/workspace.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace greenfront::study {

/// The joules of trials that run at the same time. One that runs alone has all that the machine takes
/// meanwhile. Where several run, each has the part that its share of their processor time tells, or an equal
/// one where the system does not tell that: an estimate. What a GPU takes is split evenly, within bounds of
/// nothing and all of it.
class TrialEnergy {
public:
    /// processorTime: of a running trial until now.
    TrialEnergy(energy::Recorder& recorder,
                std::function<std::optional<Seconds>(std::uint64_t trial)> processorTime)
        : recorder_(recorder), processorTime_(std::move(processorTime)) {}

    /// From now on it takes part.
    void begin(store::Workspace& workspace, std::uint64_t trial, RunId run);
    /// Writes what was taken since the last account with the runs of those that take part.
    void account(store::Workspace& workspace);
    /// The same, and it no longer takes part. Returns what it has taken.
    Joules end(store::Workspace& workspace, std::uint64_t trial);
    /// As of the last account, since begin().
    Joules of(std::uint64_t trial) const { return taken_.at(trial).joules; }
    /// Of all trials, also of those that ended.
    Joules total() const { return total_; }

private:
    struct Taken {
        RunId run{};
        Joules joules{};
        std::optional<Seconds> processorTime{}; ///< at the last account
    };
    std::map<std::uint64_t, double> shares();

    energy::Recorder& recorder_;
    std::function<std::optional<Seconds>(std::uint64_t)> processorTime_;
    std::map<std::uint64_t, Taken> taken_;
    Joules total_;
};

} // namespace greenfront::study
