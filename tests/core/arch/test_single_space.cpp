// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/single_space.h"

#include "core/base/error.h"

#include <QtTest>

using namespace greenfront;

class TestSingleSpace : public QObject {
    Q_OBJECT

private:
    std::shared_ptr<const arch::SearchSpace> whole_ = arch::makeSpace(arch::defaultSpace({1, 16, 16}, 4));
    Genotype genotype_ = whole_->smallest();

private slots:
    void holds_one_network_of_another_space() {
        const arch::SingleSpace single(whole_, genotype_);
        QCOMPARE(single.count(), 1.0);
        QCOMPARE(single.largest(), single.smallest());
        QCOMPARE(arch::networkCosts(single.decode(single.largest())).macs,
                 arch::networkCosts(whole_->decode(genotype_)).macs);
    }

    void survives_its_json() {
        const auto again = arch::makeSpace(arch::SingleSpace(whole_, genotype_).toJson());
        QCOMPARE(again->toJson(), arch::SingleSpace(whole_, genotype_).toJson());
        QCOMPARE(again->genes().size(), 1U);
    }

    void what_is_no_network_of_the_space_is_refused() {
        QVERIFY_THROWS_EXCEPTION(Error, arch::SingleSpace(whole_, {0, 0}));
        const Json good = arch::SingleSpace(whole_, genotype_).toJson();
        for (const char* key : {"space", "genotype"}) {
            Json json = good;
            json.erase(key);
            QVERIFY_THROWS_EXCEPTION(Error, arch::makeSpace(json));
        }
        Json nested = good;
        nested["space"] = good;
        QVERIFY_THROWS_EXCEPTION(Error, arch::makeSpace(nested));
        Json text = good;
        text["genotype"][0] = "0";
        QVERIFY_THROWS_EXCEPTION(Error, arch::makeSpace(text));
    }

    /// For every space: a gene is idle exactly where another choice makes the same network.
    void idle_genes_are_those_that_make_no_difference() {
        Rng rng(3);
        for (int i = 0; i < 50; ++i) {
            const Genotype genotype = whole_->random(rng);
            QVERIFY(whole_->idle(genotype) == whole_->SearchSpace::idle(genotype));
        }
    }
};

QTEST_APPLESS_MAIN(TestSingleSpace)
#include "test_single_space.moc"
