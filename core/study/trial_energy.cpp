// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_energy.h"

#include "core/energy/attribution.h"
#include "core/study/run_log.h"

#include <algorithm>

namespace greenfront::study {
namespace {

constexpr const char* phase = "trial";

energy::Reading partOf(const energy::Reading& whole, double share, std::size_t trials) {
    if (trials == 1)
        return whole;
    energy::Reading part = energy::attributed(whole, share);
    if (whole.part == energy::Part::Gpu) {
        part.joules = whole.joules / static_cast<double>(trials);
        part.low = Joules(0);
        part.provenance = Provenance::Estimated;
        part.method = "split evenly between " + std::to_string(trials) + " trials, of: " + whole.method;
    }
    return part;
}

} // namespace

void TrialEnergy::begin(store::Workspace& workspace, std::uint64_t trial, RunId run) {
    account(workspace);
    taken_[trial] = {run, {}, processorTime_(trial)};
}

/// They add up to 1.
std::map<std::uint64_t, double> TrialEnergy::shares() {
    std::map<std::uint64_t, double> shares;
    double sum = 0;
    for (auto& [trial, taken] : taken_) {
        const auto now = processorTime_(trial);
        const double used = now && taken.processorTime ? (*now - *taken.processorTime).value : 0.0;
        shares[trial] = std::max(0.0, used);
        sum += shares[trial];
        taken.processorTime = now;
    }
    for (auto& [trial, share] : shares)
        share = sum > 0 ? share / sum : 1 / static_cast<double>(shares.size());
    return shares;
}

void TrialEnergy::account(store::Workspace& workspace) {
    const auto readings = recorder_.take();
    for (const auto& [trial, share] : shares()) {
        Taken& taken = taken_.at(trial);
        for (const energy::Reading& reading : readings) {
            const energy::Reading part = partOf(reading, share, taken_.size());
            if (!addReading(workspace, taken.run, phase, part))
                continue;
            taken.joules += part.joules;
            total_ += part.joules;
        }
    }
}

Joules TrialEnergy::end(store::Workspace& workspace, std::uint64_t trial) {
    account(workspace);
    const Joules joules = of(trial);
    taken_.erase(trial);
    return joules;
}

} // namespace greenfront::study
