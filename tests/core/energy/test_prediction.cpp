// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/energy/prediction.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

/// A machine that spends so much on a unit of each of two kinds of work, give or take.
PastRun runOf(double a, double b, double noise = 0) {
    const double cost = (2e-9 * a + 5e-9 * b) * std::exp(noise);
    return {{a, b}, Joules(30 * cost), Seconds(cost)};
}

const Work guess{1, 1};

} // namespace

class TestPrediction : public QObject {
    Q_OBJECT

private slots:
    void without_earlier_runs_nothing_is_known() {
        QVERIFY(!forecastFromPast({}, {1e9, 1e9}, guess));
        const std::vector<PastRun> useless{{{0, 0}, Joules(1), Seconds(1)}, {{1, 1}, Joules(0), Seconds(1)}};
        QVERIFY(!forecastFromPast(useless, {1e9, 1e9}, guess));
    }

    void one_run_is_scaled_and_not_trusted() {
        const std::vector<PastRun> one{runOf(1e9, 1e9)};
        const auto forecast = forecastFromPast(one, {3e9, 3e9}, guess).value();
        QVERIFY(std::abs(forecast.seconds.value - 21) < 1e-9);
        QVERIFY(std::abs(forecast.joules.value - 630) < 1e-7);
        QVERIFY(std::abs(forecast.seconds.low - 10.5) < 1e-9);
        QVERIFY(std::abs(forecast.seconds.high - 42) < 1e-9);
        QVERIFY(forecast.method.find("1 earlier run ") != std::string::npos);
    }

    void several_runs_tell_kinds_of_work_apart() {
        // The guess thinks that both cost the same; the runs show that they do not.
        const std::vector<PastRun> past{runOf(1e9, 9e9), runOf(9e9, 1e9), runOf(2e9, 3e9), runOf(8e9, 4e9),
                                        runOf(5e9, 5e9)};
        const auto forecast = forecastFromPast(past, {30e9, 1e9}, guess).value();
        QVERIFY2(std::abs(forecast.seconds.value / 65 - 1) < 0.02,
                 qPrintable(QString::number(forecast.seconds.value)));
        QVERIFY(std::abs(forecast.joules.value / (30 * 65) - 1) < 0.02);
        QVERIFY(forecast.seconds.high < 1.2 * forecast.seconds.value);
    }

    void the_interval_covers_what_noise_makes_of_it() {
        Rng rng(5);
        int covered = 0;
        double width = 0;
        constexpr int rounds = 200;
        for (int round = 0; round < rounds; ++round) {
            std::vector<PastRun> past;
            for (int i = 0; i < 8; ++i)
                past.push_back(runOf(rng.uniform(1e9, 2e10), rng.uniform(1e9, 2e10), 0.1 * rng.normal()));
            const PastRun next = runOf(rng.uniform(1e9, 2e10), rng.uniform(1e9, 2e10), 0.1 * rng.normal());
            const Outcome outcome{forecastFromPast(past, next.work, guess)->seconds, next.seconds.value};
            covered += outcome.covered() ? 1 : 0;
            width += outcome.forecast.high / outcome.forecast.low / rounds;
        }
        QVERIFY2(width < 2.5, qPrintable(QString::number(width))); // and is no excuse
        QVERIFY2(covered >= 0.88 * rounds && covered < rounds, qPrintable(QString::number(covered)));
    }

    void work_never_has_a_negative_price() {
        // More of the second kind goes with less cost here, which no price can explain.
        const std::vector<PastRun> past{{{1, 0}, Joules(10), Seconds(10)},
                                        {{1, 1}, Joules(8), Seconds(8)},
                                        {{1, 2}, Joules(6), Seconds(6)},
                                        {{1, 3}, Joules(4), Seconds(4)}};
        QVERIFY(forecastFromPast(past, {0, 5}, guess)->seconds.value >= 0);
    }

    void a_profile_is_scaled_by_the_work() {
        const std::vector<ProfiledStep> steps{{2, Joules(20), Seconds(1)}, {4, Joules(40), Seconds(2)}};
        const auto forecast = forecastFromProfile(steps, 600, {}).value();
        QVERIFY(std::abs(forecast.seconds.value - 300) < 1e-9);
        QVERIFY(std::abs(forecast.joules.value - 6000) < 1e-9);
        QVERIFY(std::abs(forecast.seconds.high - 360) < 1e-9); // no spread of their own: +-20 %
        QVERIFY(!forecastFromProfile({}, 600, {}));
    }

    void a_moment_of_other_work_does_not_count() {
        std::vector<ProfiledStep> steps(9, {1, Joules(10), Seconds(1)});
        steps[4] = {1, Joules(90), Seconds(9)};
        QCOMPARE(forecastFromProfile(steps, 100, {})->seconds.value, 100.0);
    }

    void uneven_steps_and_past_errors_widen_a_profile() {
        const std::vector<ProfiledStep> even{
            {1, Joules(10), Seconds(1)}, {1, Joules(10), Seconds(1)}, {1, Joules(10), Seconds(1)}};
        const std::vector<ProfiledStep> uneven{
            {1, Joules(10), Seconds(0.8)}, {1, Joules(10), Seconds(1)}, {1, Joules(10), Seconds(1.2)}};
        const auto width = [](const Forecast& forecast) { return forecast.high / forecast.low; };
        QVERIFY(width(forecastFromProfile(uneven, 10, {})->seconds) >
                1.5 * width(forecastFromProfile(even, 10, {})->seconds));
        const std::vector<double> good{0.01, -0.01, 0.01, -0.02};
        const std::vector<double> bad{0.3, -0.3, 0.2, 0.2};
        QVERIFY(width(forecastFromProfile(even, 10, good)->seconds) <
                width(forecastFromProfile(even, 10, {})->seconds));
        QVERIFY(width(forecastFromProfile(even, 10, bad)->seconds) >
                width(forecastFromProfile(even, 10, {})->seconds));
    }

    void what_earlier_profiles_were_off_by_is_corrected() {
        const std::vector<ProfiledStep> steps{{1, Joules(10), Seconds(1)}, {1, Joules(10), Seconds(1)}};
        const double off = std::log(0.8); // each took four fifths of what was forecast
        const auto once = forecastFromProfile(steps, 100, std::vector<double>{off}).value();
        QVERIFY(once.seconds.value > 80 && once.seconds.value < 100); // one may be chance
        const auto often = forecastFromProfile(steps, 100, std::vector<double>(9, off)).value();
        QVERIFY(std::abs(often.seconds.value - 100 * std::exp(0.9 * off)) < 1e-9);
        QVERIFY(std::abs(often.joules.value / often.seconds.value - 10) < 1e-9);
        QCOMPARE(often.correction, std::exp(0.9 * off));
        QVERIFY(often.seconds.low < 80 && 80 < often.seconds.high);
    }

    void two_forecasts_weigh_as_much_as_they_are_sure() {
        const auto of = [](double value, double factor) {
            const Forecast forecast{value, value / factor, value * factor};
            return CostForecast{.joules = forecast, .seconds = forecast, .correction = 2, .method = ""};
        };
        const auto equal = combined(of(100, 1.2), of(400, 1.2));
        QVERIFY(std::abs(equal.joules.value - 200) < 1e-9);
        QVERIFY(std::abs(equal.correction - 4) < 1e-9); // the profile's 2, and twice as much
        QVERIFY(equal.joules.high / equal.joules.value < 1.2);
        const auto unequal = combined(of(100, 1.1), of(400, 3));
        QVERIFY(unequal.joules.value < 102);
        QVERIFY(unequal.joules.high / unequal.joules.value < 1.1);
    }

    void calibration_is_the_median_error_and_the_coverage() {
        QVERIFY(!calibrationOf({}));
        const std::vector<Outcome> outcomes{
            {{110, 100, 120}, 100}, {{80, 70, 90}, 100}, {{105, 90, 120}, 100}};
        QCOMPARE(outcomes[0].errorPercent(), 10.0);
        QCOMPARE(outcomes[1].errorPercent(), -20.0);
        const auto calibration = calibrationOf(outcomes).value();
        QCOMPARE(calibration.count, 3U);
        QCOMPARE(calibration.medianErrorPercent, 10.0);
        QCOMPARE(calibration.coverage, 2.0 / 3.0);
        QCOMPARE(medianMagnitude({-3, 1, 2, -10}).value(), 2.5);
    }
};

QTEST_APPLESS_MAIN(TestPrediction)
#include "test_prediction.moc"
