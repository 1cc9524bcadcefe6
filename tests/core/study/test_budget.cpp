// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/budget.h"

#include "core/study/study.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using study::Budget;
using study::Cost;
using study::GainWatch;

namespace {

study::Study studyWith(const std::vector<std::string>& assignments) {
    study::Study study{.name = "made up", .data = "", .dataHash = "", .space = {}, .parameters = {}};
    study.parameters = defaultsOf(study::studyParameters());
    for (const std::string& assignment : assignments)
        study::setParameter(study, assignment);
    return study;
}

Cost costOf(double joules, double seconds) {
    return {Joules(joules), Seconds(seconds)};
}

} // namespace

class TestBudget : public QObject {
    Q_OBJECT

private slots:
    void without_a_limit_everything_fits() {
        const Budget budget(studyWith({}));
        QVERIFY(!budget.limited());
        QCOMPARE(budget.shareOf(costOf(1e12, 1e12)), 0.0);
        QVERIFY(std::isinf(budget.times({}, costOf(1, 1), 1)));
    }

    void the_limit_that_comes_first_counts() {
        const Budget budget(studyWith({"budget_joules=1000", "budget_seconds=100"}));
        QVERIFY(budget.limited());
        QCOMPARE(budget.shareOf(costOf(500, 10)), 0.5);
        QCOMPARE(budget.shareOf(costOf(100, 90)), 0.9);
        QCOMPARE(budget.nameOf(costOf(500, 10)), "the budget of " + toText(Joules(1000)));
        QCOMPARE(budget.nameOf(costOf(100, 90)), "the budget of " + toText(Seconds(100)));
        // 1000 J leave room for 4 more of 200 J, and 100 s for 3 more of 20 s.
        QCOMPARE(budget.times(costOf(200, 40), costOf(200, 20), 1), 3.0);
        QCOMPARE(budget.times(costOf(200, 40), costOf(200, 1), 1), 4.0);
        QCOMPARE(budget.times(costOf(200, 40), costOf(200, 1), 0.5), 1.5);
        QCOMPARE(budget.times(costOf(2000, 40), costOf(200, 1), 1), 0.0);
    }

    void grams_follow_the_grid_and_the_pue() {
        const Budget budget(studyWith({"budget_grams=10", "grid_intensity=360", "pue=2"}));
        // 360 g/kWh are 1e-4 g/J, and twice that with the data centre.
        QVERIFY(std::abs(budget.shareOf(costOf(25'000, 1)) - 0.5) < 1e-12);
    }

    void a_search_that_gains_nothing_any_more_stops() {
        GainWatch watch(studyWith({"stop_gain=1", "stop_gain_unit=joule", "population=16"}));
        watch.add({10, 1}, costOf(0, 0));   // the smallest
        watch.add({90, 100}, costOf(1, 0)); // the largest
        QVERIFY(!watch.gain());
        for (int i = 0; i < 7; ++i)
            watch.add({20, 90}, costOf(2 + i, 0));
        QVERIFY(!watch.reasonToStop()); // too few to tell
        watch.add({80, 50}, costOf(9, 0));
        // From the reference (9, 110): 1 x 109 and 80 x 10 at first; now 1 x 109, 70 x 60 and 10 x 10.
        QVERIFY(std::abs(*watch.gain() - 100 * (4409.0 - 909.0) / 4409.0 / 8) < 1e-9);
        QVERIFY(!watch.reasonToStop());
        for (int i = 0; i < 8; ++i)
            watch.add({20, 90}, costOf(10 + i, 0));
        QCOMPARE(*watch.gain(), 0.0);
        QVERIFY(watch.reasonToStop()->find("a joule") != std::string::npos);
    }

    void a_search_goes_on_unless_it_was_asked_to_stop() {
        GainWatch watch(studyWith({"population=16"}));
        for (int i = 0; i < 40; ++i)
            watch.add({50, 10}, costOf(i, 0));
        QCOMPARE(*watch.gain(), 0.0);
        QVERIFY(!watch.reasonToStop());
    }

    void what_was_found_earlier_counts_and_its_cost_does_not() {
        GainWatch watch(studyWith({"stop_gain=1", "stop_gain_unit=joule", "population=16"}));
        for (int i = 0; i < 20; ++i)
            watch.know({50, 10});
        for (int i = 0; i < 8; ++i)
            watch.add({50, 10}, costOf(i, 0));
        QVERIFY(!watch.gain());
        watch.add({50, 10}, costOf(8, 0));
        QCOMPARE(*watch.gain(), 0.0);
    }
};

QTEST_APPLESS_MAIN(TestBudget)
#include "test_budget.moc"
