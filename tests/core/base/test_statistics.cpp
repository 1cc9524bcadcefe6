// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/statistics.h"

#include <QtTest>

using namespace greenfront;

class TestStatistics : public QObject {
    Q_OBJECT

private slots:
    void equal_values_share_their_ranks() {
        QCOMPARE(ranksOf(std::vector<double>{3, 1, 3, 2}), (std::vector<double>{3.5, 1, 3.5, 2}));
    }

    void rank_correlation_sees_order_alone() {
        const std::vector<double> values{1, 2, 3, 4, 5};
        QCOMPARE(rankCorrelation(values, std::vector<double>{1, 8, 27, 64, 125}), 1.0);
        QCOMPARE(rankCorrelation(values, std::vector<double>{5, 4, 3, 2, -100}), -1.0);
        // 1 - 6 * (1 + 1 + 0 + 1 + 1) / (5 * 24)
        QVERIFY(std::abs(rankCorrelation(values, std::vector<double>{2, 1, 3, 5, 4}) - 0.8) < 1e-12);
        QCOMPARE(rankCorrelation(values, std::vector<double>{7, 7, 7, 7, 7}), 0.0);
    }

    void a_median_lies_in_the_middle() {
        QCOMPARE(medianOf({5, 1, 4}), 4.0);
        QCOMPARE(medianOf({5, 1, 4, 2}), 3.0);
    }

    void a_quantile_is_one_of_the_values() {
        QCOMPARE(quantileOf({5, 1, 4, 2, 3}, 0.9), 5.0);
        QCOMPARE(quantileOf({5, 1, 4, 2, 3}, 0.8), 4.0);
        QCOMPARE(quantileOf({5, 1, 4, 2, 3}, 0.0), 1.0);
        QCOMPARE(rootMeanSquare(std::vector<double>{3, 4, 0, 0}), 2.5);
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "test_statistics.moc"
