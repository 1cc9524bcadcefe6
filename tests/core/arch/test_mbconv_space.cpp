// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/mbconv_space.h"
#include "core/base/error.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;
using arch::MbconvSpace;
using arch::Op;

class TestMbconvSpace : public QObject {
    Q_OBJECT

private:
    const MbconvSpace paper_{arch::mobileNetV3({3, 224, 224}, 1000)};

    static std::size_t countOf(const arch::Network& network, Op op, int stage) {
        return static_cast<std::size_t>(std::ranges::count_if(network.layers, [&](const arch::Layer& layer) {
            return layer.op == op && layer.stage == stage;
        }));
    }

private slots:
    /// Cai et al. 2020: more than 10^19 networks that share 7.7 million parameters.
    void mobilenet_v3_is_that_of_the_paper() {
        const double blocks = 9; // 3 kernels, 3 expansions
        QCOMPARE(paper_.count(),
                 std::pow(std::pow(blocks, 2) + std::pow(blocks, 3) + std::pow(blocks, 4), 5));
        const auto costs = arch::networkCosts(paper_.decode(paper_.largest()));
        QVERIFY2(std::abs(costs.parameters / 1e6 - 7.7) < 0.1, qPrintable(QString::number(costs.parameters)));
    }

    void squeeze_and_excite_and_hard_swish_stand_where_the_paper_has_them() {
        const arch::Network network = paper_.decode(paper_.largest());
        arch::validate(network);
        for (int stage = 0; stage < 6; ++stage) {
            const std::size_t blocks = stage == 0 ? 1 : 4;
            const bool squeezed = stage == 2 || stage == 4 || stage == 5;
            QCOMPARE(countOf(network, Op::Scale, stage), squeezed ? blocks : 0);
            QCOMPARE(countOf(network, Op::HardSwish, stage), stage >= 3 ? 2 * blocks : 0);
        }
        QCOMPARE(network.layers.back().output, (Shape{1000, 1, 1}));
    }

    void widths_follow_the_multiplier_and_stay_multiples_of_eight() {
        const auto wide = arch::mobileNetV3({3, 224, 224}, 1000, 1.2);
        std::vector<int> widths{wide.stem};
        for (const auto& stage : wide.stages)
            widths.push_back(stage.widths.front());
        QVERIFY((widths == std::vector{24, 24, 32, 48, 96, 136, 192}));
        QCOMPARE(wide.head, 1152);
        QCOMPARE(wide.features, 1536);
    }

    void small_images_keep_pixels_for_the_last_stage() {
        for (const int side : {16, 32, 64, 128}) {
            const MbconvSpace space(arch::mobileNetV3({1, side, side}, 10));
            const auto& layers = space.decode(space.smallest()).layers;
            const auto head = std::ranges::find(layers, "head", &arch::Layer::name);
            QVERIFY2(head->output.height >= 4, qPrintable(QString::number(side)));
        }
    }

    void a_resolution_is_a_choice() {
        auto parameters = arch::mobileNetV3({3, 64, 64}, 10);
        parameters.resolutions = {32, 48, 64};
        const MbconvSpace space(parameters);
        QCOMPARE(space.count(), 3 * MbconvSpace(arch::mobileNetV3({3, 64, 64}, 10)).count());
        Genotype genotype = space.largest();
        QCOMPARE(space.decode(genotype).input(), (Shape{3, 64, 64}));
        genotype[*space.resolutionGene()] = 0;
        QCOMPARE(space.decode(genotype).input(), (Shape{3, 32, 32}));
        QCOMPARE(space.canonical(genotype)[*space.resolutionGene()], 0);
        parameters.resolutions = {32, 48};
        QVERIFY_THROWS_EXCEPTION(Error, const MbconvSpace refused(parameters));
    }

    void choices_beyond_the_depth_do_not_count() {
        Rng rng(1);
        int checked = 0;
        for (int i = 0; i < 50; ++i) {
            const Genotype canonical = paper_.random(rng);
            if (canonical[paper_.depthGene(2)] == 2)
                continue; // all four blocks are there
            Genotype changed = canonical;
            changed[paper_.kernelGene(2, 3)] = 1;
            QVERIFY(paper_.canonical(changed) == canonical);
            QCOMPARE(arch::toJson(paper_.decode(changed)), arch::toJson(paper_.decode(canonical)));
            ++checked;
        }
        QVERIFY(checked > 0);
    }

    void json_makes_the_same_space_again() {
        for (const std::string& kind : arch::spaceKinds()) {
            const Shape input = kind == "mlp" ? Shape{12, 1, 1} : Shape{3, 48, 48};
            const Json json = arch::proposedSpace(kind, input, 7);
            const auto space = arch::makeSpace(json);
            QCOMPARE(space->toJson(), json);
            QCOMPARE(arch::toJson(space->decode(space->largest())),
                     arch::toJson(arch::makeSpace(space->toJson())->decode(space->largest())));
        }
    }

    void what_cannot_be_is_refused_with_its_reason() {
        const auto refused = [](const Json& change, const char* because) {
            Json json = arch::proposedSpace("mobilenet-v3", {3, 64, 64}, 10);
            json.merge_patch(change);
            try {
                arch::makeSpace(json);
            } catch (const Error& error) {
                return QString(error.what()).contains(because);
            }
            return false;
        };
        QVERIFY(refused({{"kind", "transformer"}}, "Known are mbconv-small, mobilenet-v3"));
        QVERIFY(refused({{"stages", Json::array()}}, "number of stages"));
        QVERIFY(refused({{"activation", "tanh"}}, "tanh"));
        QVERIFY(refused({{"head", nullptr}}, "head"));
        QVERIFY(refused({{"features", 1e6}}, "features"));
        QVERIFY(refused({{"resolutions", {64, 32}}}, "resolutions"));
    }
};

QTEST_APPLESS_MAIN(TestMbconvSpace)
#include "test_mbconv_space.moc"
