// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/control.h"
#include "core/energy/schedule.h"

#include <functional>
#include <optional>
#include <string>

namespace greenfront::study {

/// The phase of the progress of a study that its plan keeps waiting.
constexpr const char* waitingPhase = "waiting";

/// When a study may run: where and when electricity is clean.
struct CarbonTiming {
    energy::IntensitySeries series;
    energy::Policy policy = energy::Policy::FlexibleStart;
    std::chrono::seconds window{std::chrono::hours(24)};
    /// What is left of the study; nothing takes what this machine's earlier runs taught.
    std::optional<std::chrono::seconds> duration{};
};

/// The wall clock and how to wait: the system's, or a test's.
struct WaitClock {
    std::function<energy::Moment()> now;
    std::function<void(std::chrono::milliseconds)> sleep;
};
WaitClock systemWaitClock();

/// How a study is run; what is not set here is as usual.
struct RunOptions {
    std::optional<CarbonTiming> timing{};
    WaitClock clock = systemWaitClock();
};

/// Lets work through while its plan says so. Open all the time without a plan, and after the plan's end: what
/// took longer than expected is not kept waiting.
class CarbonGate {
public:
    CarbonGate() = default;
    /// Plans from the clock's now on; throws Error if the work does not fit into the window or the series.
    CarbonGate(const CarbonTiming& timing, std::chrono::seconds duration, WaitClock clock);

    bool isOpen() const;
    /// Until the gate is open; tells until when and why, at first and every ten minutes. Throws Cancelled.
    void wait(Control& control,
              const std::function<void(const std::string& message, Seconds left)>& tell) const;
    const std::optional<energy::Schedule>& plan() const { return plan_; }

private:
    /// Of the part that comes next; nothing if the gate is open.
    std::optional<energy::Moment> opensAt() const;

    std::optional<energy::Schedule> plan_;
    WaitClock clock_;
};

} // namespace greenfront::study
