// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/objective.h"

#include <QtTest>

using namespace greenfront;
using search::Objective;

class TestObjective : public QObject {
    Q_OBJECT

private slots:
    void says_the_direction_and_the_name() {
        QCOMPARE(search::objectiveFrom("max:acc"), (Objective{"acc", Direction::Maximise}));
        QCOMPARE(search::objectiveFrom(" min : energy j "), (Objective{"energy j", Direction::Minimise}));
        QCOMPARE(search::objectiveFrom("min:ns::time"), (Objective{"ns::time", Direction::Minimise}));
        QCOMPARE(search::toText(search::objectiveFrom("max:acc")), std::string("max:acc"));
    }

    void anything_else_is_refused() {
        for (const char* text : {"", "acc", "maximum:acc", "MAX:acc", ":acc", "max:", "max: ", "minacc"})
            QVERIFY_EXCEPTION_THROWN(search::objectiveFrom(text), Error);
    }

    void several_are_of_different_metrics() {
        const std::vector<std::string> both{"max:acc", "min:lat"};
        const auto objectives = search::objectivesFrom(both);
        QCOMPARE(search::directionsOf(objectives),
                 (std::vector<Direction>{Direction::Maximise, Direction::Minimise}));
        const std::vector<std::string> twice{"max:acc", "min:acc"};
        QVERIFY_EXCEPTION_THROWN(search::objectivesFrom(twice), Error);
        QVERIFY_EXCEPTION_THROWN(search::objectivesFrom({}), Error);
        std::vector<std::string> many;
        for (int i = 0; i < 65; ++i)
            many.push_back("min:m" + std::to_string(i));
        QVERIFY_EXCEPTION_THROWN(search::objectivesFrom(many), Error);
    }
};

QTEST_APPLESS_MAIN(TestObjective)
#include "test_objective.moc"
