// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/schedule.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace greenfront::energy {
namespace {

using std::chrono::seconds;

/// Sums of the same intensities in another order differ by this much, relatively, and no more.
constexpr double rounding = 1e-12;

bool clearlyLess(double a, double b) {
    return a < b - rounding * std::max(std::abs(a), std::abs(b));
}

[[noreturn]] void refuse(const std::string& reason, const std::string& advice) {
    throw Error("plan", "the run", reason, advice);
}

void check(const IntensitySeries& series, const ScheduleRequest& request) {
    if (request.duration.count() <= 0 || request.step.count() <= 0)
        refuse("its duration is nothing", "Give how long it takes, such as 2h");
    if (request.duration > request.window)
        refuse("it takes longer than the window", "Give a window that is at least as long as the run");
    constexpr std::int64_t mostSteps = 2'000'000;
    if (request.window / request.step > mostSteps)
        refuse("the window is too long", "Give a window of at most some years");
    if (request.from < series.start() || request.from >= series.end())
        refuse("the window begins at " + isoText(request.from) + ", and the series goes from " +
                   isoText(series.start()) + " to " + isoText(series.end()),
               "Start the window within the series");
}

[[noreturn]] void refuseGaps(const IntensitySeries& series) {
    const auto gaps = series.gaps();
    refuse("too little of the window is known: the series ends at " + isoText(series.end()) +
               (gaps.empty() ? ""
                             : " and has " + std::to_string(gaps.size()) + " gaps, the first from " +
                                   isoText(gaps.front().start) + " to " + isoText(gaps.front().end)),
           "Give a longer series or a shorter duration");
}

std::vector<TimeSpan> flexibleStart(const IntensitySeries& series, const ScheduleRequest& request,
                                    Moment end) {
    std::optional<TimeSpan> best;
    double lowest = 0;
    for (Moment start = request.from; start + request.duration <= end; start += request.step) {
        const auto mean = series.mean(start, start + request.duration);
        if (!mean || (best && !clearlyLess(mean->value, lowest)))
            continue;
        best = TimeSpan{start, start + request.duration};
        lowest = mean->value;
    }
    if (!best)
        refuseGaps(series);
    return {*best};
}

struct Slot {
    TimeSpan span;
    double cost = 0; ///< mean intensity
};

std::vector<Slot> knownSlots(const IntensitySeries& series, Moment from, Moment end, seconds length,
                             seconds step) {
    std::vector<Slot> slots;
    for (Moment start = from; start + length <= end; start += step)
        if (const auto mean = series.mean(start, start + length))
            slots.push_back({{start, start + length}, mean->value});
    return slots;
}

/// The cheapest whole slots and, where the duration leaves a rest, one more that is used in part. For each
/// slot that may be the partial one the best whole ones are the cheapest of the others, so all choices are
/// covered.
std::vector<TimeSpan> pauseAndResume(const IntensitySeries& series, const ScheduleRequest& request,
                                     Moment end) {
    const auto count = static_cast<std::size_t>(request.duration / request.step);
    const seconds rest = request.duration % request.step;
    std::vector<Slot> whole = knownSlots(series, request.from, end, request.step, request.step);
    std::ranges::stable_sort(whole, {}, &Slot::cost);
    if (whole.size() < count)
        refuseGaps(series);
    std::vector<TimeSpan> chosen;
    if (rest.count() == 0) {
        for (std::size_t i = 0; i < count; ++i)
            chosen.push_back(whole[i].span);
        return chosen;
    }
    const double weight = static_cast<double>(rest.count()) / static_cast<double>(request.step.count());
    double cheapest = 0;
    for (std::size_t i = 0; i < count; ++i)
        cheapest += whole[i].cost;
    std::map<Moment, std::size_t> rankOf;
    for (std::size_t i = 0; i < whole.size(); ++i)
        rankOf[whole[i].span.start] = i;
    std::optional<Slot> partial;
    double lowest = 0;
    for (const Slot& slot : knownSlots(series, request.from, end, rest, request.step)) {
        const auto rank = rankOf.find(slot.span.start);
        const bool taken = rank != rankOf.end() && rank->second < count;
        if (taken && whole.size() == count)
            continue;
        const double others = taken ? cheapest - whole[rank->second].cost + whole[count].cost : cheapest;
        const double total = others + weight * slot.cost;
        if (partial && !clearlyLess(total, lowest))
            continue;
        partial = slot;
        lowest = total;
    }
    if (!partial)
        refuseGaps(series);
    chosen.push_back(partial->span);
    for (std::size_t i = 0; chosen.size() <= count; ++i)
        if (whole[i].span.start != partial->span.start)
            chosen.push_back(whole[i].span);
    return chosen;
}

std::vector<TimeSpan> joined(std::vector<TimeSpan> slots) {
    std::ranges::sort(slots, {}, &TimeSpan::start);
    std::vector<TimeSpan> result;
    for (const TimeSpan& slot : slots)
        if (!result.empty() && result.back().end == slot.start)
            result.back().end = slot.end;
        else
            result.push_back(slot);
    return result;
}

GramsPerKwh meanOver(const IntensitySeries& series, const std::vector<TimeSpan>& slots) {
    double integral = 0;
    double length = 0;
    for (const TimeSpan& slot : slots) {
        const auto time = static_cast<double>((slot.end - slot.start).count());
        integral += series.mean(slot.start, slot.end)->value * time;
        length += time;
    }
    return GramsPerKwh(integral / length);
}

} // namespace

std::string_view toText(Policy policy) {
    return policy == Policy::FlexibleStart ? "flexible-start" : "pause-resume";
}

Policy policyFrom(std::string_view text) {
    for (const Policy policy : {Policy::FlexibleStart, Policy::PauseAndResume})
        if (text == toText(policy))
            return policy;
    throw Error("plan", "by the policy '" + std::string(text) + "'", "there is no such policy",
                "Known are flexible-start and pause-resume");
}

Schedule schedule(const IntensitySeries& series, const ScheduleRequest& request) {
    check(series, request);
    Schedule result;
    result.policy = request.policy;
    result.windowCut = request.from + request.window > series.end();
    const Moment end = std::min(request.from + request.window, series.end());
    result.parts = joined(request.policy == Policy::FlexibleStart ? flexibleStart(series, request, end)
                                                                  : pauseAndResume(series, request, end));
    result.start = result.parts.front().start;
    result.end = result.parts.back().end;
    result.mean = meanOver(series, result.parts);
    result.delay = Seconds(static_cast<double>((result.end - request.from - request.duration).count()));
    if (const auto atOnce = series.mean(request.from, request.from + request.duration))
        result.savedPercent = atOnce->value > 0 ? 100.0 * (1.0 - result.mean.value / atOnce->value) : 0.0;
    return result;
}

} // namespace greenfront::energy
