// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/pareto.h"
#include "core/search/test_problems.h"
#include "tests/core/search/pagmo_oracle.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;
using namespace greenfront::search;

namespace {

constexpr unsigned budget = 5000;

double volume(const std::vector<Point>& points, const Point& reference) {
    const std::vector<Direction> directions(reference.size(), Direction::Minimise);
    std::vector<Point> front;
    for (const std::size_t index : paretoFront(points, directions)) {
        const auto inside = [&](std::size_t i) { return points[index][i] < reference[i]; };
        if (inside(0) && inside(1) && inside(reference.size() - 1))
            front.push_back(points[index]);
    }
    return testing::pagmoHypervolume(front, reference);
}

} // namespace

class TestNsga2Pagmo : public QObject {
    Q_OBJECT

private slots:
    void theProblemsAreTheSame() {
        Rng rng(1);
        for (const TestProblem& problem : testProblems())
            for (int i = 0; i < 50; ++i) {
                const auto variables = spaceOf(problem).sample(rng).values;
                const Point ours = problem.evaluate(variables);
                const Point theirs = testing::pagmoFitness(problem.name, variables);
                QCOMPARE(ours.size(), theirs.size());
                for (std::size_t objective = 0; objective < ours.size(); ++objective)
                    QVERIFY(std::abs(ours[objective] - theirs[objective]) < 1e-12);
            }
    }

    void asGoodAsPagmosInTheSameBudget_data() {
        QTest::addColumn<int>("number");
        for (int i = 0; i < 4; ++i)
            QTest::addRow("%s", testProblems()[static_cast<std::size_t>(i)].name.c_str()) << i;
    }
    /// Both by all that they evaluated, the median of three seeds.
    void asGoodAsPagmosInTheSameBudget() {
        QFETCH(int, number);
        const TestProblem& problem = testProblems()[static_cast<std::size_t>(number)];
        std::vector<double> ours, theirs;
        for (unsigned seed = 1; seed <= 3; ++seed) {
            ours.push_back(volume(evaluated(problem, "nsga2", budget, seed), problem.reference));
            theirs.push_back(volume(testing::pagmoNsga2(problem.name, budget, seed), problem.reference));
        }
        std::ranges::sort(ours);
        std::ranges::sort(theirs);
        qInfo("%s: %.5f, pagmo %.5f", problem.name.c_str(), ours[1], theirs[1]);
        QVERIFY(ours[1] >= theirs[1]);
    }
};

QTEST_APPLESS_MAIN(TestNsga2Pagmo)
#include "test_nsga2_pagmo.moc"
