// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/sobol.h"

#include <QtTest>
#include <set>

using namespace greenfront;
using namespace greenfront::search;

class TestSobol : public QObject {
    Q_OBJECT

private slots:
    /// Joe and Kuo's own example: the first points in three dimensions.
    void theFirstPointsAreThePublishedOnes() {
        const SobolSequence sequence(5, 0);
        const std::vector<std::vector<double>> expected{{0, 0, 0, 0, 0},
                                                        {0.5, 0.5, 0.5, 0.5, 0.5},
                                                        {0.75, 0.25, 0.25, 0.25, 0.75},
                                                        {0.25, 0.75, 0.75, 0.75, 0.25},
                                                        {0.375, 0.375, 0.625, 0.875, 0.375},
                                                        {0.875, 0.875, 0.125, 0.375, 0.875},
                                                        {0.625, 0.125, 0.875, 0.625, 0.625},
                                                        {0.125, 0.625, 0.375, 0.125, 0.125}};
        for (std::size_t i = 0; i < expected.size(); ++i)
            for (std::size_t dimension = 0; dimension < 5; ++dimension)
                QCOMPARE(sequence.coordinate(i, dimension), expected[i][dimension]);
    }

    /// Scrambled or not, the first 2^k points fall into 2^k different intervals in every dimension.
    void everyDimensionIsFilledEvenly() {
        for (const std::uint64_t seed : {0U, 1U, 77U}) {
            const SobolSequence sequence(SobolSequence::mostDimensions, seed);
            for (std::size_t dimension = 0; dimension < SobolSequence::mostDimensions; ++dimension) {
                std::set<int> intervals;
                for (std::uint64_t i = 0; i < 256; ++i)
                    intervals.insert(static_cast<int>(sequence.coordinate(i, dimension) * 256));
                QCOMPARE(intervals.size(), std::size_t(256));
            }
        }
    }

    /// The first two dimensions are a (0, m, 2)-net: each of the 16 x 16 boxes holds one of 256 points.
    void thePlaneIsFilledEvenly() {
        for (const std::uint64_t seed : {0U, 5U}) {
            const SobolSequence sequence(2, seed);
            std::set<std::pair<int, int>> boxes;
            for (std::uint64_t i = 0; i < 256; ++i)
                boxes.emplace(static_cast<int>(sequence.coordinate(i, 0) * 16),
                              static_cast<int>(sequence.coordinate(i, 1) * 16));
            QCOMPARE(boxes.size(), std::size_t(256));
        }
    }

    void aGridCountsThrough() {
        const ParameterSpace space({{.name = "x", .low = 1, .high = 3},
                                    {.name = "n", .type = ParameterType::Integer, .low = 1, .high = 2}});
        const auto optimiser = makeOptimiser("grid", {space, {Direction::Minimise}, 1}, {{"levels", 3}});
        std::vector<std::vector<double>> found;
        while (const auto proposal = optimiser->ask())
            found.push_back(proposal->assignment.values);
        const std::vector<std::vector<double>> expected{{1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 1}, {3, 2}};
        QVERIFY(found == expected);
    }
};

QTEST_APPLESS_MAIN(TestSobol)
#include "test_sobol.moc"
