// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/transform.h"
#include "made_up_machine.h"

#include <QtTest>

using namespace greenfront;
using device::FusedUnit;
using device::fusedUnits;

namespace {

std::vector<std::string> kinds(const std::vector<FusedUnit>& units) {
    std::vector<std::string> names;
    for (const FusedUnit& unit : units)
        names.push_back(unit.kind + (unit.then.empty() ? "" : " " + unit.then));
    return names;
}

/// conv, batch norm, relu, depthwise, batch norm, pool, linear
arch::Network smallNetwork() {
    using arch::Op;
    arch::Network network{"small", {}};
    network.layers = {{.name = "input", .op = Op::Input, .inputs = {}, .output = {3, 8, 8}},
                      {.name = "a", .op = Op::Conv, .inputs = {0}, .output = {4, 8, 8}, .kernel = 3},
                      {.name = "a.norm", .op = Op::BatchNorm, .inputs = {1}, .output = {4, 8, 8}},
                      {.name = "a.relu", .op = Op::Relu, .inputs = {2}, .output = {4, 8, 8}},
                      {.name = "b",
                       .op = Op::Conv,
                       .inputs = {3},
                       .output = {4, 4, 4},
                       .kernel = 5,
                       .stride = 2,
                       .groups = 4},
                      {.name = "b.norm", .op = Op::BatchNorm, .inputs = {4}, .output = {4, 4, 4}},
                      {.name = "pool", .op = Op::GlobalAveragePool, .inputs = {5}, .output = {4, 1, 1}},
                      {.name = "c", .op = Op::Linear, .inputs = {6}, .output = {10, 1, 1}, .bias = true}};
    arch::validate(network);
    return network;
}

} // namespace

class TestFusedUnits : public QObject {
    Q_OBJECT

private slots:
    void what_alone_reads_a_convolution_joins_it() {
        const auto units = fusedUnits(smallNetwork());
        const std::string pool(arch::toText(arch::Op::GlobalAveragePool));
        const std::string linear(arch::toText(arch::Op::Linear));
        QCOMPARE(kinds(units), (std::vector<std::string>{"conv " + std::string(arch::toText(arch::Op::Relu)),
                                                         "depthwise", pool, linear}));
        QCOMPARE(units[0].layers, (std::vector<std::size_t>{1, 2, 3}));
        QCOMPARE(units[1].layers, (std::vector<std::size_t>{4, 5}));
        QCOMPARE(units[1].key(), std::string("depthwise 4x8x8 > 4x4x4 k5 s2 g4"));
    }

    void an_output_that_something_else_reads_stays_apart() {
        arch::Network network = smallNetwork();
        network.layers.resize(4);
        network.layers.push_back({.name = "sum", .op = arch::Op::Add, .inputs = {2, 3}, .output = {4, 8, 8}});
        const auto units = fusedUnits(network);
        QCOMPARE(units.size(), std::size_t{3}); // the norm is read twice, so the activation is on its own
        QCOMPARE(units[0].layers, (std::vector<std::size_t>{1, 2}));
    }

    void the_work_is_that_of_the_layers() {
        const auto units = fusedUnits(smallNetwork());
        QCOMPARE(units[0].macs(), 8.0 * 8 * 4 * 3 * 9);
        QCOMPARE(units[0].weightBytes(), 4.0 * 4 * 3 * 9);
        QCOMPARE(units[1].macs(), 4.0 * 4 * 4 * 25);
        QCOMPARE(units[1].bytes(), 4.0 * (4 * 8 * 8 + 4 * 4 * 4));
        QCOMPARE(units[2].macs(), 0.0);
        QCOMPARE(units[3].macs(), 40.0);
        QCOMPARE(units[3].weightBytes(), 160.0);
        const auto space = testing::smallSpace();
        for (const Genotype& genotype : {space->smallest(), space->largest()}) {
            const arch::Network network = space->decode(space->canonical(genotype));
            double macs = 0;
            for (const FusedUnit& unit : fusedUnits(network))
                macs += unit.macs();
            QCOMPARE(macs, arch::networkCosts(network).macs);
        }
    }

    void folding_a_batch_norm_changes_nothing() {
        arch::Network folded = smallNetwork();
        folded.layers = {folded.layers[0], folded.layers[1], folded.layers[3],
                         folded.layers[4], folded.layers[6], folded.layers[7]};
        const int inputs[]{-1, 0, 1, 2, 3, 4};
        for (std::size_t i = 1; i < folded.layers.size(); ++i)
            folded.layers[i].inputs = {inputs[i]};
        folded.layers[1].bias = true;
        QCOMPARE(device::networkKey(fusedUnits(folded)), device::networkKey(fusedUnits(smallNetwork())));
        arch::Network wider = smallNetwork();
        wider.layers.back().output.channels = 11;
        QVERIFY(device::networkKey(fusedUnits(wider)) != device::networkKey(fusedUnits(smallNetwork())));
    }
};

QTEST_APPLESS_MAIN(TestFusedUnits)
#include "test_fused_units.moc"
