// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/timing.h"

#include "core/base/text.h"

#include <algorithm>
#include <thread>

namespace greenfront::study {
namespace {

using namespace std::chrono_literals;

std::string reasonOf(const energy::Schedule& plan, energy::Moment until) {
    std::string text = "until " + energy::isoText(until) + " for cleaner electricity: the run's mean is " +
                       fixedText(plan.mean.value, 1) + " g CO2e/kWh";
    if (plan.savedPercent)
        text += ", " + fixedText(*plan.savedPercent, 1) + " % less than at once";
    return text;
}

} // namespace

WaitClock systemWaitClock() {
    return {[] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); },
            [](std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }};
}

CarbonGate::CarbonGate(const CarbonTiming& timing, std::chrono::seconds duration, WaitClock clock)
    : plan_(energy::schedule(timing.series, {.policy = timing.policy,
                                             .duration = std::max(duration, std::chrono::seconds(1)),
                                             .window = timing.window,
                                             .from = clock.now()})),
      clock_(std::move(clock)) {}

std::optional<energy::Moment> CarbonGate::opensAt() const {
    if (!plan_)
        return std::nullopt;
    const energy::Moment now = clock_.now();
    for (const energy::TimeSpan& part : plan_->parts)
        if (now < part.end)
            return now < part.start ? std::optional(part.start) : std::nullopt;
    return std::nullopt;
}

bool CarbonGate::isOpen() const {
    return !opensAt();
}

void CarbonGate::wait(Control& control, const std::function<void(const std::string&, Seconds)>& tell) const {
    std::optional<energy::Moment> told;
    while (const auto until = opensAt()) {
        control.checkpoint();
        const energy::Moment now = clock_.now();
        const std::chrono::seconds left = *until - now;
        if (!told || now - *told >= 10min) {
            tell(reasonOf(*plan_, *until), Seconds(static_cast<double>(left.count())));
            told = now;
        }
        // In short pieces, so that a cancelled wait ends at once.
        clock_.sleep(std::min<std::chrono::milliseconds>(left, 500ms));
    }
    control.checkpoint();
}

} // namespace greenfront::study
