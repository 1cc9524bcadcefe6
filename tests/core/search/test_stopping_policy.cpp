// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/stopping_policy.h"

#include "core/base/error.h"
#include "core/search/halving_policy.h"

#include <QtTest>
#include <limits>

using namespace greenfront;
using namespace greenfront::search;

namespace {

const std::vector<Objective> accuracyUp{{"acc", Direction::Maximise}};
const std::vector<Objective> lossDown{{"loss", Direction::Minimise}};
constexpr double none = std::numeric_limits<double>::quiet_NaN();

Curve curveOf(const std::vector<double>& values) {
    Curve curve;
    for (const double value : values) {
        curve.reports.push_back({value});
        curve.joules.push_back(static_cast<double>(curve.reports.size()));
    }
    return curve;
}

/// Numbered from 0, all running.
Curves curvesOf(const std::vector<std::vector<double>>& trials) {
    Curves curves;
    for (const auto& values : trials)
        curves[curves.size()] = curveOf(values);
    return curves;
}

/// The numbers of those that run and that a policy would stop at their last report.
std::vector<std::uint64_t> stopped(const std::string& policy, const std::vector<Objective>& objectives,
                                   const Curves& curves) {
    std::vector<std::uint64_t> numbers;
    const auto made = policyFrom(policy, objectives);
    for (const auto& [number, curve] : curves)
        if (!curve.ended && made->reasonToStop(curves, number))
            numbers.push_back(number);
    return numbers;
}

using Numbers = std::vector<std::uint64_t>;

} // namespace

class TestStoppingPolicy : public QObject {
    Q_OBJECT

private slots:
    /// The example of Azure's documentation: best 0.8, slack factor 0.2, so below 0.8 / 1.2 is stopped.
    void a_bandit_with_a_slack_factor_leaves_what_is_near_the_best() {
        const Curves curves = curvesOf({{0.8}, {0.67}, {0.66}, {0.2}});
        QCOMPARE(stopped("bandit:slack_factor=0.2", accuracyUp, curves), (Numbers{2, 3}));
        QCOMPARE(stopped("bandit:slack_factor=0.2", lossDown, curvesOf({{1}, {1.2}, {1.21}})), (Numbers{2}));
    }

    void a_bandit_with_a_slack_amount_counts_in_the_metrics_unit() {
        QCOMPARE(stopped("bandit:slack_amount=0.25", accuracyUp, curvesOf({{0.75}, {0.5}, {0.49}})),
                 (Numbers{2}));
        QCOMPARE(stopped("bandit:slack_amount=0.25", lossDown, curvesOf({{1}, {1.25}, {1.26}})),
                 (Numbers{2}));
    }

    void a_bandit_compares_the_best_so_far_at_the_same_interval() {
        // The second was as good as the best once; the third's best came later, and does not count against
        // the fourth, which has not come that far.
        const Curves curves = curvesOf({{0.5, 0.6}, {0.6, 0.1}, {0.1, 0.9}, {0.5}});
        QCOMPARE(stopped("bandit:slack_amount=0.15", accuracyUp, curves), (Numbers{0, 1}));
    }

    void the_best_is_never_stopped_by_a_bandit_also_below_zero() {
        QCOMPARE(stopped("bandit:slack_factor=0.1", accuracyUp, curvesOf({{-1}, {-1.05}, {-2}})),
                 (Numbers{2}));
        QCOMPARE(stopped("bandit:slack_factor=0.1", lossDown, curvesOf({{-1}, {-0.95}, {-0.5}})),
                 (Numbers{2}));
    }

    void policies_apply_at_multiples_of_their_interval_from_the_delay_on() {
        const std::string policy = "bandit:slack_amount=0.1,evaluation_interval=2,delay_evaluation=5";
        for (std::size_t reports = 1; reports <= 8; ++reports) {
            const Curves curves =
                curvesOf({std::vector<double>(reports, 1.0), std::vector<double>(reports, 0.5)});
            const bool applies = reports == 6 || reports == 8;
            QCOMPARE(stopped(policy, accuracyUp, curves), applies ? Numbers{1} : Numbers{});
        }
    }

    void the_median_of_running_averages_is_to_be_reached_by_the_best() {
        // Averages 0.5, 0.4, 0.1 and bests 0.6, 0.4, 0.15: the median is 0.4.
        const Curves curves = curvesOf({{0.4, 0.6}, {0.4, 0.4}, {0.05, 0.15}});
        QCOMPARE(stopped("median", accuracyUp, curves), (Numbers{2}));
        QCOMPARE(stopped("median", lossDown, curvesOf({{0.4, 0.6}, {0.4, 0.4}, {0.55, 0.6}})), (Numbers{2}));
    }

    void truncation_takes_the_lowest_percent_at_the_interval() {
        const Curves ten = curvesOf({{0.1}, {0.2}, {0.3}, {0.4}, {0.5}, {0.6}, {0.7}, {0.8}, {0.9}, {1.0}});
        QCOMPARE(stopped("truncation:truncation_percentage=20", accuracyUp, ten), (Numbers{0, 1}));
        QCOMPARE(stopped("truncation:truncation_percentage=20", lossDown, ten), (Numbers{8, 9}));
        QCOMPARE(stopped("truncation:truncation_percentage=5", accuracyUp, ten), Numbers{});
        QCOMPARE(stopped("truncation:truncation_percentage=50", accuracyUp, curvesOf({{1}, {1}, {1}, {1}})),
                 Numbers{});
    }

    void truncation_leaves_out_ended_trials_where_told_to() {
        Curves curves = curvesOf({{0.1}, {0.2}, {0.3}, {0.4}, {0.5}});
        for (const std::uint64_t number : {0, 1})
            curves[number].ended = true;
        const auto stops = [&](const char* exclude) {
            const auto made = policyFrom(
                std::string("truncation:truncation_percentage=34,exclude_finished_jobs=") + exclude,
                accuracyUp);
            return made->reasonToStop(curves, 2).has_value();
        };
        QVERIFY(!stops("false")); // the first of five is the lowest
        QVERIFY(stops("true"));   // of three
    }

    void halving_keeps_the_top_share_of_a_rung() {
        const Curves nine = curvesOf({{9}, {8}, {7}, {6}, {5}, {4}, {3}, {2}, {1}});
        QCOMPARE(stopped("asha:reduction_factor=3", lossDown, nine), (Numbers{0, 1, 2, 3, 4, 5}));
        QCOMPARE(stopped("asha:reduction_factor=3", accuracyUp, nine), (Numbers{3, 4, 5, 6, 7, 8}));
        QCOMPARE(stopped("asha:min_resource=2", lossDown, nine), Numbers{}); // no rung yet
    }

    void rungs_are_powers_of_the_reduction_factor() {
        for (std::size_t reports = 1; reports <= 20; ++reports) {
            const Curves curves =
                curvesOf({std::vector<double>(reports, 1.0), std::vector<double>(reports, 0.0)});
            const bool rung = reports == 2 || reports == 6 || reports == 18;
            QCOMPARE(stopped("asha:min_resource=2,reduction_factor=3", accuracyUp, curves),
                     rung ? Numbers{1} : Numbers{});
        }
    }

    void several_objectives_are_halved_by_their_rank() {
        const std::vector<Objective> both{{"acc", Direction::Maximise}, {"lat", Direction::Minimise}};
        Curves curves;
        const std::vector<Point> points{{0.9, 10}, {0.5, 1}, {0.4, 2}, {0.3, 20}};
        for (const Point& point : points)
            curves[curves.size()] = {.reports = {point}, .joules = {1.0}};
        QCOMPARE(stopped("asha:reduction_factor=2", both, curves), (Numbers{2, 3}));
    }

    void hyperbands_brackets_begin_at_later_rungs() {
        // Brackets for rungs from 1, 3 and 9 with 9, 5 and 3 trials of every 17.
        const HalvingPolicy policy({Direction::Minimise}, 1, 3, 3);
        std::map<std::size_t, int> trials;
        for (std::uint64_t number = 0; number < 34; ++number)
            ++trials[policy.bracketOf(number)];
        QCOMPARE(trials, (std::map<std::size_t, int>{{0, 18}, {1, 10}, {2, 6}}));
        Curves curves;
        for (const std::uint64_t number : {9, 10, 11}) // of the second bracket
            curves[number] = curveOf({static_cast<double>(number)});
        QCOMPARE(stopped("hyperband:max_resource=9", lossDown, curves), Numbers{});
        for (const std::uint64_t number : {9, 10, 11})
            curves[number] = curveOf(std::vector<double>(3, static_cast<double>(number)));
        QCOMPARE(stopped("hyperband:max_resource=9", lossDown, curves), (Numbers{10, 11}));
        curves[0] = curveOf({1, 1, 0}); // better, but of another bracket
        QCOMPARE(stopped("hyperband:max_resource=9", lossDown, curves), (Numbers{10, 11}));
    }

    void a_trial_whose_joules_buy_less_than_anothers_is_stopped() {
        Curves curves;
        for (int i = 0; i < 8; ++i) { // each falls by 1 from where it begins, in two steps of 5 J
            Curve curve{.reports = {{4.0 + i}, {3.0 + i}}, .joules = {5, 10}, .ended = true};
            curve.result = Point{3.0 + i};
            curve.totalJoules = 10;
            curves[static_cast<std::uint64_t>(i)] = curve;
        }
        curves[8] = {.reports = {{11.0}}, .joules = {5}}; // would end at 10, as the worst of them
        curves[9] = {.reports = {{2.0}}, .joules = {5}};  // would end at 1, better than any
        QCOMPARE(stopped("energy:min_trials=5", lossDown, curves), (Numbers{8}));
        QCOMPARE(stopped("energy:min_trials=9", lossDown, curves), Numbers{}); // too few to tell
    }

    void what_is_not_a_number_is_worse_than_any() {
        const Curves curves = curvesOf({{1}, {none}, {2}});
        for (const char* policy : {"bandit:slack_amount=5", "median", "truncation:truncation_percentage=34",
                                   "asha:reduction_factor=2"}) {
            const auto numbers = stopped(policy, lossDown, curves);
            QVERIFY2(std::ranges::find(numbers, 1U) != numbers.end(), policy);
            QVERIFY2(std::ranges::find(numbers, 0U) == numbers.end(), policy);
        }
    }

    void a_policy_looks_at_the_metric_that_it_is_told() {
        const std::vector<Objective> both{{"acc", Direction::Maximise}, {"lat", Direction::Minimise}};
        Curves curves;
        for (const Point& point : std::vector<Point>{{0.9, 10}, {0.5, 1}})
            curves[curves.size()] = {.reports = {point}, .joules = {1.0}};
        QCOMPARE(stopped("bandit:slack_amount=0.1", both, curves), (Numbers{1}));
        QCOMPARE(stopped("bandit:slack_amount=0.1,metric=lat", both, curves), (Numbers{0}));
    }

    void what_is_no_policy_is_refused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* text, const char* reason) {
            QTest::addRow("%s", text) << QString(text) << QString(reason);
        };
        row("hope", "there is no such policy");
        row("bandit", "one kind of slack");
        row("bandit:slack_factor=0.1,slack_amount=1", "one kind of slack");
        row("bandit:slack=0.1", "'slack=0.1' is no option");
        row("bandit:slack_factor", "'slack_factor' is no option");
        row("bandit:slack_factor=-1", "slack_factor");
        row("median:evaluation_interval=0", "evaluation_interval");
        row("truncation:truncation_percentage=100", "truncation_percentage");
        row("asha:reduction_factor=1", "reduction_factor");
        row("median:metric=speed", "it is no objective");
    }
    void what_is_no_policy_is_refused() {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        try {
            policyFrom(text.toStdString(), lossDown);
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(reason), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestStoppingPolicy)
#include "test_stopping_policy.moc"
