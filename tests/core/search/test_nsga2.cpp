// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/nsga2.h"

#include <QtTest>
#include <cmath>
#include <limits>
#include <set>

using namespace greenfront;
using search::Nsga2;
using search::Nsga2Options;
using search::Point;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
const std::vector<Direction> costAndScore{Direction::Minimise, Direction::Maximise};
const std::vector<int> twelveGenes(12, 4);

/// Each gene costs what it chooses and scores less and less for it, the early ones more than the late ones.
Point judge(const Genotype& genotype) {
    Point point{0, 0};
    for (std::size_t i = 0; i < genotype.size(); ++i) {
        point[0] += genotype[i];
        point[1] += std::sqrt(genotype[i]) / static_cast<double>(i + 1);
    }
    return point;
}

Nsga2 searchOf(std::uint64_t seed) {
    Nsga2 search(twelveGenes, costAndScore, {.population = 16, .mutation = {}}, seed);
    search.seedWith({Genotype(12, 0), Genotype(12, 3)});
    return search;
}

std::vector<Genotype> askAndTell(Nsga2& search, int count) {
    std::vector<Genotype> asked;
    for (int i = 0; i < count; ++i) {
        asked.push_back(search.ask());
        search.tell(asked.back(), judge(asked.back()));
    }
    return asked;
}

/// All that a search asks for until it says that nothing is left; `limit` at most.
std::vector<Genotype> askAll(Nsga2& search, std::size_t limit) {
    std::vector<Genotype> asked;
    while (asked.size() < limit) {
        Genotype genotype = search.ask();
        if (genotype.empty())
            break;
        asked.push_back(std::move(genotype));
    }
    return asked;
}

std::set<Genotype> setOf(const std::vector<Genotype>& genotypes) {
    return {genotypes.begin(), genotypes.end()};
}

/// The second gene is idle where the first is 0.
Genotype withoutIdle(Genotype genotype) {
    if (genotype[0] == 0)
        genotype[1] = 0;
    return genotype;
}

} // namespace

class TestNsga2 : public QObject {
    Q_OBJECT

private slots:
    void seedsComeFirstAndOnce() {
        Nsga2 search(twelveGenes, costAndScore, {}, 1);
        search.tell(Genotype(12, 2), {1, 1});
        search.seedWith({Genotype(12, 0), Genotype(12, 2), Genotype(12, 3), Genotype(12, 0)});
        QCOMPARE(search.ask(), Genotype(12, 0));
        QCOMPARE(search.ask(), Genotype(12, 3));
        QVERIFY(search.ask() != Genotype(12, 0));
    }

    void everyGeneStaysWithinItsChoices() {
        const std::vector<int> choices{1, 2, 5, 3, 1, 7};
        Nsga2 search(choices, costAndScore, {.population = 8, .mutation = 0.5}, 2);
        for (const Genotype& genotype : askAndTell(search, 150)) {
            QCOMPARE(genotype.size(), choices.size());
            for (std::size_t i = 0; i < choices.size(); ++i)
                QVERIFY(genotype[i] >= 0 && genotype[i] < choices[i]);
        }
    }

    void nothingIsAskedForTwice() {
        Nsga2 search = searchOf(3);
        std::vector<Genotype> asked = askAndTell(search, 400);
        for (int i = 0; i < 100; ++i) // in flight, none of them told
            asked.push_back(search.ask());
        QCOMPARE(setOf(asked).size(), asked.size());
    }

    void manyMayBeInFlightFromTheStart() {
        Nsga2 search = searchOf(4);
        const auto asked = askAll(search, 300);
        QCOMPARE(setOf(asked).size(), std::size_t(300));
        for (auto genotype = asked.rbegin(); genotype != asked.rend(); ++genotype)
            search.tell(*genotype, judge(*genotype));
        QCOMPARE(search.told().size(), std::size_t(300));
        QCOMPARE(search.told().front().first, asked.back());
    }

    void anExhaustedSpaceAnswersWithNothing() {
        Nsga2 search({3, 2, 4}, costAndScore, {.population = 4, .mutation = {}}, 5);
        auto asked = askAll(search, 10);
        for (const Genotype& genotype : asked)
            search.tell(genotype, judge(genotype));
        for (const Genotype& genotype : askAll(search, 100))
            asked.push_back(genotype);
        QCOMPARE(asked.size(), std::size_t(24));
        QCOMPARE(setOf(asked).size(), std::size_t(24));
        QVERIFY(search.ask().empty());
        for (const Genotype& genotype : asked)
            search.tell(genotype, judge(genotype));
        QVERIFY(search.ask().empty());
        QCOMPARE(search.told().size(), std::size_t(24));
    }

    void equalNetworksAreAskedForOnce() {
        Nsga2 search({3, 3, 2}, costAndScore, {.population = 4, .mutation = {}}, 6, withoutIdle);
        const auto asked = askAll(search, 100);
        QCOMPARE(asked.size(), std::size_t(1 * 1 * 2 + 2 * 3 * 2));
        for (const Genotype& genotype : asked)
            QCOMPARE(withoutIdle(genotype), genotype);
        search.tell({0, 2, 1}, {1, 1});
        QCOMPARE(search.told().front().first, (Genotype{0, 0, 1}));
    }

    void aSpaceOfEqualNetworksDoesNotHoldItUp() {
        const auto same = [](Genotype genotype) { return Genotype(genotype.size(), 0); };
        Nsga2 search(std::vector<int>(40, 9), costAndScore, {}, 7, same);
        QCOMPARE(search.ask(), Genotype(40, 0));
        QVERIFY(search.ask().empty());
    }

    void theSameSeedRepeatsTheSearch() {
        Nsga2 first = searchOf(8);
        Nsga2 second = searchOf(8);
        Nsga2 other = searchOf(9);
        const auto asked = askAndTell(first, 200);
        QCOMPARE(askAndTell(second, 200), asked);
        QVERIFY(askAndTell(other, 200) != asked);
    }

    void aRestoredSearchGoesOnAsIfNeverInterrupted_data() {
        QTest::addColumn<int>("told");
        for (const int told : {1, 2, 10, 16, 100})
            QTest::addRow("after %d", told) << told;
    }
    void aRestoredSearchGoesOnAsIfNeverInterrupted() {
        QFETCH(int, told);
        Nsga2 uninterrupted = searchOf(10);
        askAndTell(uninterrupted, told);
        Nsga2 restored = searchOf(10);
        for (const auto& [genotype, point] : uninterrupted.told())
            restored.tell(genotype, point);
        QCOMPARE(askAndTell(restored, 60), askAndTell(uninterrupted, 60));
    }

    void batchesAreRestoredBetweenBatches() {
        const auto batch = [](Nsga2& search) {
            const auto asked = askAll(search, 8);
            for (const Genotype& genotype : asked)
                search.tell(genotype, judge(genotype));
            return asked;
        };
        Nsga2 uninterrupted = searchOf(11);
        for (int i = 0; i < 5; ++i)
            batch(uninterrupted);
        Nsga2 restored = searchOf(11);
        for (const auto& [genotype, point] : uninterrupted.told())
            restored.tell(genotype, point);
        QCOMPARE(batch(restored), batch(uninterrupted));
    }

    void tellingAgainCorrectsTheObjectives() {
        Nsga2 search = searchOf(12);
        search.tell(Genotype(12, 1), {5, 5});
        search.tell(Genotype(12, 1), {6, 4});
        QCOMPARE(search.told().size(), std::size_t(1));
        QCOMPARE(search.told().front().second, (Point{6, 4}));
    }

    void theFirstGeneIsLearnt() {
        Nsga2 search({4, 4, 4, 4, 4, 4}, {Direction::Maximise}, {.population = 16, .mutation = {}}, 13);
        for (int i = 0; i < 300; ++i) {
            const Genotype genotype = search.ask();
            search.tell(genotype, {genotype[0] == 3 ? 1.0 : 0.0});
        }
        int late = 0;
        for (std::size_t i = 200; i < 300; ++i)
            late += search.told()[i].first[0] == 3 ? 1 : 0;
        QVERIFY2(late > 60, qPrintable(QString::number(late))); // 25 by chance
    }

    void infeasibleNetworksAreNotBredFrom() {
        Nsga2 search(twelveGenes, costAndScore, {.population = 16, .mutation = {}}, 14);
        for (int i = 0; i < 300; ++i) {
            const Genotype genotype = search.ask();
            search.tell(genotype, genotype[0] == 3 ? Point{none, none} : judge(genotype));
        }
        int late = 0;
        for (std::size_t i = 200; i < 300; ++i)
            late += search.told()[i].first[0] == 3 ? 1 : 0;
        QVERIFY2(late < 15, qPrintable(QString::number(late))); // 25 by chance
    }

    void aSearchWithoutAnyFeasibleNetworkGoesOn() {
        Nsga2 search = searchOf(15);
        for (int i = 0; i < 60; ++i) {
            const Genotype genotype = search.ask();
            QVERIFY(!genotype.empty());
            search.tell(genotype, {none, 1});
        }
    }

    void whatCannotBeSearchedIsRefused() {
        const auto make = [](std::vector<int> choices, Nsga2Options options) {
            return Nsga2(std::move(choices), costAndScore, options, 1);
        };
        QVERIFY_EXCEPTION_THROWN(make({}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(make({3, 0}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(make({3}, {.population = 1, .mutation = {}}), Error);
        QVERIFY_EXCEPTION_THROWN(make({3}, {.crossover = 1.5, .mutation = {}}), Error);
        QVERIFY_EXCEPTION_THROWN(make({3}, {.mutation = none}), Error);
        QVERIFY_EXCEPTION_THROWN(Nsga2({3}, {}, {}, 1), Error);
    }

    void whatDoesNotFitTheSpaceIsRefused() {
        Nsga2 search({3, 3}, costAndScore, {}, 1);
        QVERIFY_EXCEPTION_THROWN(search.tell({0}, {1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(search.tell({0, 3}, {1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(search.tell({-1, 0}, {1, 1}), Error);
        QVERIFY_EXCEPTION_THROWN(search.tell({0, 0}, {1}), Error);
        QVERIFY_EXCEPTION_THROWN(search.seedWith({{0, 0, 0}}), Error);
        QVERIFY(search.told().empty());
    }
};

QTEST_APPLESS_MAIN(TestNsga2)
#include "test_nsga2.moc"
