// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/energy/schedule.h"

#include <QtTest>
#include <bit>
#include <random>

using namespace greenfront;
using namespace greenfront::energy;
using namespace std::chrono_literals;
using std::chrono::seconds;

namespace {

const Moment midnight = parseMoment("2026-03-01T00:00:00Z").value();

IntensitySeries hourly(const std::vector<double>& values) {
    std::vector<IntensityRecord> records;
    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i] >= 0)
            records.push_back({midnight + static_cast<int>(i) * 1h, midnight + static_cast<int>(i + 1) * 1h,
                               GramsPerKwh(values[i])});
    return {records, "", "series"};
}

/// Second by second, and so with nothing of what is tested.
double meanOf(const IntensitySeries& series, const std::vector<TimeSpan>& parts) {
    double sum = 0;
    double count = 0;
    for (const TimeSpan& slot : parts)
        for (Moment t = slot.start; t < slot.end; t += 60s) {
            double value = -1;
            for (const IntensityRecord& record : series.records())
                if (t >= record.start && t < record.end)
                    value = record.value.value;
            if (value < 0)
                return -1; // in a gap
            sum += value;
            count += 1;
        }
    return sum / count;
}

/// The lowest mean over all choices of `whole` slots, with one more that is used for `rest` only if that is
/// not 0.
double bestByTryingAll(const IntensitySeries& series, const ScheduleRequest& request) {
    const auto parts = static_cast<int>(request.window / request.step);
    const auto whole = static_cast<int>(request.duration / request.step);
    const seconds rest = request.duration % request.step;
    double best = 1e300;
    for (unsigned set = 0; set < (1U << static_cast<unsigned>(parts)); ++set) {
        if (std::popcount(set) != whole + (rest.count() > 0 ? 1 : 0))
            continue;
        std::vector<int> members;
        for (int i = 0; i < parts; ++i)
            if ((set >> static_cast<unsigned>(i)) & 1U)
                members.push_back(i);
        for (std::size_t partial = 0; partial < members.size(); ++partial) {
            std::vector<TimeSpan> chosen;
            for (std::size_t i = 0; i < members.size(); ++i) {
                const Moment start = request.from + members[i] * request.step;
                chosen.push_back({start, start + (rest.count() > 0 && i == partial ? rest : request.step)});
            }
            if (const double mean = meanOf(series, chosen); mean >= 0)
                best = std::min(best, mean);
        }
    }
    return best;
}

} // namespace

class TestSchedule : public QObject {
    Q_OBJECT

private slots:
    void flexible_start_waits_for_the_cheapest_run() {
        const auto series = hourly({400, 300, 100, 100, 500, 500});
        const auto plan = schedule(series, {Policy::FlexibleStart, 2h, 6h, midnight});
        QVERIFY(plan.start == midnight + 2h && plan.end == midnight + 4h);
        QCOMPARE(plan.parts.size(), 1U);
        QCOMPARE(plan.mean.value, 100.0);
        QCOMPARE(plan.delay.value, 7200.0);
        QCOMPARE(*plan.savedPercent, 100.0 * (1 - 100.0 / 350.0));
        QVERIFY(!plan.windowCut);
    }

    void pause_and_resume_takes_the_cheapest_slots() {
        const auto series = hourly({100, 300, 400, 100, 500, 500});
        const auto plan = schedule(series, {Policy::PauseAndResume, 2h, 6h, midnight});
        QCOMPARE(plan.parts.size(), 2U);
        QVERIFY(plan.start == midnight && plan.end == midnight + 4h);
        QVERIFY(plan.parts[0].end == midnight + 1h && plan.parts[1].start == midnight + 3h);
        QCOMPARE(plan.mean.value, 100.0);
        QCOMPARE(plan.delay.value, 7200.0);
        QCOMPARE(*plan.savedPercent, 50.0);
    }

    void of_equals_the_earliest_is_taken_and_nothing_is_saved() {
        for (const Policy policy : {Policy::FlexibleStart, Policy::PauseAndResume}) {
            const auto plan = schedule(hourly(std::vector<double>(24, 333.3)), {policy, 3h, 24h, midnight});
            QVERIFY(plan.start == midnight && plan.parts.size() == 1);
            QCOMPARE(plan.delay.value, 0.0);
            QVERIFY(std::abs(*plan.savedPercent) < 1e-9);
        }
    }

    void starts_lie_between_the_hours_too() {
        // A run of 90 minutes is cheapest where it covers the cheap hour and the cheaper of its neighbours.
        const auto plan = schedule(hourly({200, 10, 100, 300}), {Policy::FlexibleStart, 90min, 4h, midnight});
        QVERIFY(plan.start == midnight + 1h);
        const auto other =
            schedule(hourly({100, 10, 200, 300}), {Policy::FlexibleStart, 90min, 4h, midnight});
        QVERIFY(other.start == midnight + 30min);
    }

    void flexible_start_equals_trying_all_starts() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            std::vector<double> values(7 + random() % 24);
            for (double& value : values)
                value = random() % 8 == 0 ? -1 : 1 + static_cast<double>(random() % 6000) / 10;
            values.front() = 100;
            const auto series = hourly(values);
            const ScheduleRequest request{Policy::FlexibleStart, seconds(60 * (1 + random() % 400)),
                                          seconds(60 * (400 + random() % 1400)), midnight};
            double best = 1e300;
            for (Moment start = midnight; start + request.duration <= midnight + request.window;
                 start += 5min)
                if (const double mean = meanOf(series, {{start, start + request.duration}}); mean >= 0)
                    best = std::min(best, mean);
            if (best == 1e300) {
                QVERIFY_THROWS_EXCEPTION(Error, schedule(series, request));
                continue;
            }
            const auto plan = schedule(series, request);
            QVERIFY(std::abs(plan.mean.value - best) <= 1e-9 * best);
            QVERIFY(std::abs(meanOf(series, plan.parts) - best) <= 1e-9 * best);
        }
    }

    void pause_and_resume_equals_trying_all_choices() {
        std::mt19937 random(11);
        int feasible = 0;
        for (int round = 0; round < 60; ++round) {
            std::vector<IntensityRecord> records;
            for (Moment t = midnight; t < midnight + 50min;) {
                const auto length = 60s * static_cast<int>(2 + random() % 9);
                if (random() % 6 != 0 || t == midnight)
                    records.push_back(
                        {t, t + length, GramsPerKwh(1 + static_cast<double>(random() % 900) / 3)});
                t += length;
            }
            const IntensitySeries series(records, "", "series");
            ScheduleRequest request{Policy::PauseAndResume, seconds(60 * (1 + random() % 24)), 50min,
                                    midnight};
            const Moment end = std::min(midnight + request.window, series.end());
            request.window = (end - midnight) / 5min * seconds(5min);
            if (request.window < request.duration)
                continue;
            const double best = bestByTryingAll(series, request);
            if (best == 1e300) {
                QVERIFY_THROWS_EXCEPTION(Error, schedule(series, request));
                continue;
            }
            ++feasible;
            const auto plan = schedule(series, request);
            QVERIFY(std::abs(plan.mean.value - best) <= 1e-9 * best);
            QVERIFY(std::abs(meanOf(series, plan.parts) - best) <= 1e-9 * best);
            seconds length(0);
            for (std::size_t i = 0; i < plan.parts.size(); ++i) {
                length += plan.parts[i].end - plan.parts[i].start;
                QVERIFY(i == 0 || plan.parts[i].start > plan.parts[i - 1].end);
            }
            QVERIFY(length == request.duration);
        }
        QVERIFY(feasible > 20);
    }

    void pausing_is_never_worse_than_waiting() {
        std::mt19937 random(3);
        for (int round = 0; round < 100; ++round) {
            std::vector<double> values(48);
            for (double& value : values)
                value = 20 + static_cast<double>(random() % 500);
            const auto series = hourly(values);
            const seconds duration(300 * (1 + random() % 100));
            const auto waiting = schedule(series, {Policy::FlexibleStart, duration, 24h, midnight});
            const auto pausing = schedule(series, {Policy::PauseAndResume, duration, 24h, midnight});
            QVERIFY(pausing.mean.value <= waiting.mean.value * (1 + 1e-12));
            QVERIFY(pausing.end <= midnight + 24h && waiting.end <= midnight + 24h);
        }
    }

    void gaps_and_short_series_are_told() {
        const auto gap = hourly({100, -1, 50, 60});
        QVERIFY(schedule(gap, {Policy::FlexibleStart, 2h, 4h, midnight}).start == midnight + 2h);
        QVERIFY(!schedule(gap, {Policy::FlexibleStart, 2h, 4h, midnight}).savedPercent);
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::FlexibleStart, 3h, 4h, midnight}));
        QVERIFY(schedule(gap, {Policy::PauseAndResume, 3h, 4h, midnight}).parts.size() == 2);
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::PauseAndResume, 4h, 4h, midnight}));
        QVERIFY(schedule(gap, {Policy::FlexibleStart, 1h, 24h, midnight}).windowCut);
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::FlexibleStart, 5h, 4h, midnight}));
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::FlexibleStart, 0s, 4h, midnight}));
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::FlexibleStart, 1h, 4h, midnight + 4h}));
        QVERIFY_THROWS_EXCEPTION(Error, schedule(gap, {Policy::FlexibleStart, 1h, 4h, midnight - 1s}));
    }

    void policies_have_names() {
        QVERIFY(policyFrom("flexible-start") == Policy::FlexibleStart);
        QVERIFY(policyFrom("pause-resume") == Policy::PauseAndResume);
        QVERIFY_THROWS_EXCEPTION(Error, policyFrom("later"));
    }
};

QTEST_APPLESS_MAIN(TestSchedule)
#include "test_schedule.moc"
