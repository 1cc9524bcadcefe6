// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/search/evolution.h"

#include <QtTest>
#include <numeric>
#include <set>

using namespace greenfront;
using search::Evolution;

class TestEvolution : public QObject {
    Q_OBJECT

private:
    static int sumOf(const Genotype& genotype) {
        return std::accumulate(genotype.begin(), genotype.end(), 0);
    }
    static Genotype same(Genotype genotype) { return genotype; }
    static bool always(const Genotype&) { return true; }
    static void tellSums(Evolution& evolution, const std::vector<Genotype>& asked, int times = 1) {
        std::vector<double> scores;
        for (const Genotype& one : asked)
            scores.push_back(times * sumOf(one));
        evolution.tell(scores);
    }

private slots:
    void finds_the_best_of_a_space_too_large_to_try() {
        const std::vector<int> choices(20, 4);
        Evolution evolution(choices, {}, 1, same, always);
        for (int generation = 0; generation < 60; ++generation)
            tellSums(evolution, evolution.ask());
        QCOMPARE(evolution.best()->second, 60.0);
        QCOMPARE(evolution.best()->first, Genotype(20, 3));
    }

    void never_asks_for_what_breaks_a_constraint() {
        Evolution evolution(std::vector<int>(12, 3), {}, 2, same,
                            [](const Genotype& one) { return sumOf(one) <= 10; });
        for (int generation = 0; generation < 30; ++generation) {
            const auto asked = evolution.ask();
            QCOMPARE(asked.size(), std::size_t(100));
            for (const Genotype& one : asked)
                QVERIFY(sumOf(one) <= 10);
            tellSums(evolution, asked);
        }
        QCOMPARE(evolution.best()->second, 10.0);
    }

    void asks_for_canonical_genotypes() {
        const auto canonical = [](Genotype one) {
            if (one[0] == 0)
                one[1] = 0;
            return one;
        };
        Evolution evolution({2, 5, 3}, {.population = 20}, 3, canonical, always);
        for (int generation = 0; generation < 5; ++generation) {
            const auto asked = evolution.ask();
            for (const Genotype& one : asked)
                QVERIFY(one[0] != 0 || one[1] == 0);
            tellSums(evolution, asked);
        }
    }

    void seeds_stand_in_the_first_generation() {
        Evolution evolution(std::vector<int>(5, 3), {.population = 8}, 4, same, always);
        evolution.seedWith({{2, 2, 2, 2, 2}, {0, 0, 0, 0, 0}});
        const auto asked = evolution.ask();
        QCOMPARE(asked.size(), std::size_t(8));
        QCOMPARE(asked[0], Genotype(5, 2));
        QCOMPARE(asked[1], Genotype(5, 0));
    }

    void the_same_seed_asks_for_the_same() {
        const auto history = [](std::uint64_t seed) {
            Evolution evolution(std::vector<int>(9, 4), {.population = 30}, seed, same, always);
            std::vector<Genotype> all;
            for (int generation = 0; generation < 4; ++generation) {
                const auto asked = evolution.ask();
                all.insert(all.end(), asked.begin(), asked.end());
                tellSums(evolution, asked, -1);
            }
            return all;
        };
        QVERIFY(history(5) == history(5));
        QVERIFY(history(5) != history(6));
    }

    void gives_up_where_nothing_fits() {
        Evolution evolution({3, 3}, {.population = 4}, 7, same, [](const Genotype&) { return false; });
        QVERIFY(evolution.ask().empty());
        evolution.tell({});
        QVERIFY(!evolution.best());
    }

    void options_out_of_range_are_refused() {
        QVERIFY_THROWS_EXCEPTION(Error, Evolution({3}, {.mutation = 1.5}, 1, same, always));
        QVERIFY_THROWS_EXCEPTION(Error, Evolution({}, {}, 1, same, always));
    }
};

QTEST_APPLESS_MAIN(TestEvolution)
#include "test_evolution.moc"
