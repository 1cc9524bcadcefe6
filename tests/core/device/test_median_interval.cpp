// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/device/median_interval.h"

#include <QtTest>
#include <cmath>
#include <vector>

using namespace greenfront;
using device::medianInterval;
using device::medianRank;

class TestMedianInterval : public QObject {
    Q_OBJECT

private slots:
    void ranksAreThoseOfThePrintedTables_data() {
        QTest::addColumn<int>("samples");
        QTest::addColumn<int>("rank");
        const std::pair<int, int> table[]{{1, 0},  {5, 0},  {6, 1},  {8, 1},   {9, 2},   {12, 3},
                                          {15, 4}, {20, 6}, {25, 8}, {50, 18}, {100, 40}};
        for (const auto& [samples, rank] : table)
            QTest::addRow("%d", samples) << samples << rank;
    }
    void ranksAreThoseOfThePrintedTables() {
        QFETCH(int, samples);
        QFETCH(int, rank);
        QCOMPARE(medianRank(static_cast<std::size_t>(samples)), static_cast<std::size_t>(rank));
    }

    void theApproximationContinuesTheExactRanks() {
        QCOMPARE(medianRank(1000), std::size_t(469));
        QCOMPARE(medianRank(1001), std::size_t(469));
        QCOMPARE(medianRank(1'000'000), std::size_t(499'020));
    }

    void theIntervalIsBetweenTwoSamples() {
        std::vector<double> samples{9, 1, 7, 3, 5, 2, 8, 4, 6};
        const auto interval = medianInterval(samples);
        QCOMPARE(interval.median, 5.0);
        QCOMPARE(interval.low, 2.0);
        QCOMPARE(interval.high, 8.0);
    }

    void anOutlierDoesNotMoveIt() {
        std::vector<double> samples{1, 2, 3, 4, 5, 6, 7, 8, 1e9};
        QCOMPARE(medianInterval(samples).high, 8.0);
    }

    void anEvenCountTakesTheMiddleOfTwo() {
        std::vector<double> samples{4, 1, 3, 2};
        QCOMPARE(medianInterval(samples).median, 2.5);
    }

    void fewSamplesGiveTheirRange() {
        std::vector<double> one{3};
        QCOMPARE(medianInterval(one).low, 3.0);
        QCOMPARE(medianInterval(one).high, 3.0);
        std::vector<double> five{5, 1, 4, 2, 3};
        QCOMPARE(medianInterval(five).low, 1.0);
        QCOMPARE(medianInterval(five).high, 5.0);
    }

    /// The promise itself, on a lopsided distribution whose median is known: ln 2.
    void itCoversTheMedianAsOftenAsItSays() {
        Rng rng(1);
        for (const int count : {6, 15, 60, 1100}) {
            constexpr int rounds = 1000;
            int covered = 0;
            for (int round = 0; round < rounds; ++round) {
                std::vector<double> samples;
                for (int i = 0; i < count; ++i)
                    samples.push_back(-std::log(1 - rng.uniform()));
                const auto interval = medianInterval(samples);
                covered += interval.low <= std::log(2.0) && std::log(2.0) <= interval.high ? 1 : 0;
            }
            QVERIFY2(covered >= 930 && covered <= 995, qPrintable(QString::number(covered)));
        }
    }
};

QTEST_APPLESS_MAIN(TestMedianInterval)
#include "test_median_interval.moc"
