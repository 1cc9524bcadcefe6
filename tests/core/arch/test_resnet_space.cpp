// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/resnet_space.h"
#include "core/base/error.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;
using arch::Op;
using arch::ResnetSpace;

class TestResnetSpace : public QObject {
    Q_OBJECT

private:
    const ResnetSpace paper_{arch::proposedResnet({3, 224, 224}, 1000)};

    static const arch::Layer& layer(const arch::Network& network, const std::string& name) {
        const auto found = std::ranges::find(network.layers, name, &arch::Layer::name);
        if (found == network.layers.end())
            qFatal("there is no layer %s", name.c_str());
        return *found;
    }

private slots:
    void stages_are_those_of_the_paper() {
        const arch::Network largest = paper_.decode(paper_.largest());
        arch::validate(largest);
        QCOMPARE(layer(largest, "stage1.block4.relu").output, (Shape{256, 56, 56}));
        QCOMPARE(layer(largest, "stage2.block4.relu").output, (Shape{512, 28, 28}));
        QCOMPARE(layer(largest, "stage3.block6.relu").output, (Shape{1024, 14, 14}));
        QCOMPARE(layer(largest, "stage4.block4.relu").output, (Shape{2048, 7, 7}));
        QCOMPARE(layer(largest, "stage4.block4.convolve").output.channels, 720); // 35 % of 2048
        QCOMPARE(largest.classes(), 1000);
        const arch::Network smallest = paper_.decode(paper_.smallest());
        arch::validate(smallest);
        QCOMPARE(layer(smallest, "stage4.block2.relu").output, (Shape{1328, 7, 7})); // 0.65 of 2048
        QCOMPARE(layer(smallest, "stage4.block2.convolve").output.channels, 264);    // 20 % of it
        QVERIFY(std::ranges::none_of(smallest.layers, [](const arch::Layer& each) {
            return each.name.starts_with("stem.block") || each.name == "stage3.block5.add";
        }));
    }

    /// Without the residual in the stem, with a quarter of the width inside the blocks and 3, 4, 6 and 3 of
    /// them, it is ResNet-50 (He et al. 2016): 25.6 million parameters, 4.1 billion multiply-accumulates.
    void between_smallest_and_largest_lies_resnet_50() {
        Genotype genotype = paper_.largest();
        genotype[paper_.stemBlockGene()] = 0;
        const std::vector<int> depths{1, 2, 2, 1}; // 3, 4, 6 and 3 blocks
        for (std::size_t stage = 0; stage < 4; ++stage) {
            genotype[paper_.depthGene(stage)] = depths[stage];
            for (std::size_t block = 0; block < (stage == 2 ? 6 : 4); ++block)
                genotype[paper_.expansionGene(stage, block)] = 1;
        }
        const auto costs = arch::networkCosts(paper_.decode(genotype));
        QVERIFY2(std::abs(costs.parameters / 1e6 - 25.6) < 0.1,
                 qPrintable(QString::number(costs.parameters)));
        QVERIFY2(std::abs(costs.macs / 1e9 - 4.1) < 0.3, qPrintable(QString::number(costs.macs)));
    }

    void networks_are_counted() {
        const auto stage = [](int blocks) {
            return 3 * (std::pow(3.0, blocks) + std::pow(3.0, blocks - 1) + std::pow(3.0, blocks - 2));
        };
        QCOMPARE(paper_.count(), 3 * 2 * std::pow(stage(4), 3) * stage(6));
    }

    void small_images_keep_pixels_for_the_last_stage_and_get_narrow_ones() {
        for (const int side : {16, 32, 64, 128}) {
            const ResnetSpace space(arch::proposedResnet({1, side, side}, 10));
            const arch::Network network = space.decode(space.largest());
            arch::validate(network);
            QVERIFY2(layer(network, "stage4.block1.relu").output.height >= 4,
                     qPrintable(QString::number(side)));
            QCOMPARE(layer(network, "stage4.block1.relu").output.channels, side < 128 ? 512 : 2048);
        }
    }

    void choices_beyond_the_depth_do_not_count() {
        Genotype genotype = paper_.largest();
        genotype[paper_.depthGene(1)] = 0; // two blocks
        genotype = paper_.canonical(genotype);
        QCOMPARE(genotype[paper_.expansionGene(1, 1)], 2);
        QCOMPARE(genotype[paper_.expansionGene(1, 2)], 0);
        Genotype changed = genotype;
        changed[paper_.expansionGene(1, 3)] = 1;
        QVERIFY(paper_.canonical(changed) == genotype);
        QCOMPARE(arch::toJson(paper_.decode(changed)), arch::toJson(paper_.decode(genotype)));
    }

    void a_resolution_is_a_choice() {
        auto parameters = arch::proposedResnet({3, 64, 64}, 10);
        parameters.resolutions = {32, 64};
        const ResnetSpace space(parameters);
        Genotype genotype = space.largest();
        genotype[*space.resolutionGene()] = 0;
        QCOMPARE(space.decode(genotype).input(), (Shape{3, 32, 32}));
    }

    void what_cannot_be_is_refused_with_its_reason() {
        const auto refused = [](const Json& change, const char* because) {
            Json json = arch::proposedSpace("resnet", {3, 64, 64}, 10);
            json.merge_patch(change);
            try {
                arch::makeSpace(json);
            } catch (const Error& error) {
                return QString(error.what()).contains(because);
            }
            return false;
        };
        QVERIFY(refused({{"stages", Json::array()}}, "number of stages"));
        QVERIFY(refused({{"stems", {64, 32}}}, "stems"));
        QVERIFY(refused({{"stem_strides", {1}}}, "stem_strides"));
        QVERIFY(refused({{"stem_strides", {1, 3}}}, "stride"));
        QVERIFY(refused({{"classes", nullptr}}, "classes"));
        QVERIFY(refused({{"resolutions", {64, 32}}}, "resolutions"));
    }
};

QTEST_APPLESS_MAIN(TestResnetSpace)
#include "test_resnet_space.moc"
