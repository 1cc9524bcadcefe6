// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/mlp_space.h"
#include "core/base/error.h"

#include <QtTest>
#include <set>

using namespace greenfront;
using arch::MlpSpace;
using arch::Op;

class TestMlpSpace : public QObject {
    Q_OBJECT

private:
    const MlpSpace space_{{.input = {7, 1, 1}, .classes = 3, .depths = {1, 3}, .widths = {4, 8, 16}}};

private slots:
    void hidden_layers_stand_one_behind_the_other() {
        const arch::Network network = space_.decode({1, 2, 0, 1});
        arch::validate(network);
        std::vector<int> widths;
        for (const arch::Layer& layer : network.layers)
            if (layer.op == Op::Linear)
                widths.push_back(layer.output.channels);
        QCOMPARE(widths, (std::vector{16, 4, 8, 3}));
        // linear 7x16 + 16x4 + 4x8 + 8x3 with a bias of 3, batch norm twice its width
        const auto costs = arch::networkCosts(network);
        QCOMPARE(costs.macs, 7.0 * 16 + 16 * 4 + 4 * 8 + 8 * 3);
        QCOMPARE(costs.parameters, costs.macs + 3 + 2 * (16 + 4 + 8));
    }

    void every_network_is_counted_once() {
        QCOMPARE(space_.count(), 3.0 + 27);
        std::set<Genotype> canonical;
        for (int depth = 0; depth < 2; ++depth)
            for (int i = 0; i < 27; ++i)
                canonical.insert(space_.canonical({depth, i % 3, i / 3 % 3, i / 9}));
        QCOMPARE(static_cast<double>(canonical.size()), space_.count());
    }

    void the_smallest_and_the_largest_bound_the_rest() {
        const auto macs = [&](const Genotype& genotype) {
            return arch::networkCosts(space_.decode(genotype)).macs;
        };
        Rng rng(1);
        for (int i = 0; i < 20; ++i) {
            const Genotype genotype = space_.random(rng);
            QVERIFY(macs(space_.smallest()) <= macs(genotype));
            QVERIFY(macs(genotype) <= macs(space_.largest()));
        }
    }

    void it_is_what_is_proposed_for_rows_of_numbers() {
        QCOMPARE(arch::defaultSpace({30, 1, 1}, 2).at("kind"), Json("mlp"));
        QCOMPARE(arch::defaultSpace({1, 16, 16}, 2).at("kind"), Json("mbconv-small"));
        const auto wide = arch::proposedMlp({30, 1, 1}, 2);
        QCOMPARE(wide.widths, (std::vector{8, 16, 32, 48, 64}));
        QCOMPARE(arch::proposedMlp({5000, 1, 1}, 2).widths.back(), 512);
    }

    void what_cannot_be_is_refused_with_its_reason() {
        const auto refused = [](const Json& change, const char* because) {
            Json json = arch::proposedSpace("mlp", {5, 1, 1}, 2);
            json.merge_patch(change);
            try {
                arch::makeSpace(json);
            } catch (const Error& error) {
                return QString(error.what()).contains(because);
            }
            return false;
        };
        QVERIFY(refused({{"input", {3, 32, 32}}}, "32 x 32 pixels"));
        QVERIFY(refused({{"classes", 1}}, "classes"));
        QVERIFY(refused({{"depths", {0, 1}}}, "depths"));
        QVERIFY(refused({{"widths", {8, 4}}}, "widths"));
        QVERIFY(refused({{"widths", "wide"}}, "array"));
        QVERIFY(refused({{"depths", nullptr}}, "depths"));
        QVERIFY_THROWS_EXCEPTION(Error, arch::proposedSpace("mlp", {1, 16, 16}, 10));
        QVERIFY_THROWS_EXCEPTION(Error, arch::proposedSpace("mbconv-small", {30, 1, 1}, 10));
    }
};

QTEST_APPLESS_MAIN(TestMlpSpace)
#include "test_mlp_space.moc"
