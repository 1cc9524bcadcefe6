// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/memory_limit.h"

#include <QtTest>

using namespace greenfront;
using arch::Op;

namespace {

/// 1,024 numbers in, a 1x1 convolution to 2,048 with batch norm and relu, added to itself, pooled, 10
/// classes.
arch::Network branching() {
    arch::Network network{"branching", {}};
    network.layers = {{.name = "input", .op = Op::Input, .inputs = {}, .output = {4, 16, 16}},
                      {.name = "a", .op = Op::Conv, .inputs = {0}, .output = {8, 16, 16}},
                      {.name = "a.norm", .op = Op::BatchNorm, .inputs = {1}, .output = {8, 16, 16}},
                      {.name = "a.relu", .op = Op::Relu, .inputs = {2}, .output = {8, 16, 16}},
                      {.name = "b", .op = Op::Conv, .inputs = {3}, .output = {8, 16, 16}},
                      {.name = "sum", .op = Op::Add, .inputs = {3, 4}, .output = {8, 16, 16}},
                      {.name = "pool", .op = Op::GlobalAveragePool, .inputs = {5}, .output = {8, 1, 1}},
                      {.name = "c", .op = Op::Linear, .inputs = {6}, .output = {10, 1, 1}, .bias = true}};
    arch::validate(network);
    return network;
}

constexpr double number = 4; // bytes
/// The convolutions with a bias each where their batch norm folds, and the classifier.
constexpr double weights = number * ((4 * 8 + 8) + 8 * 8 + (8 * 10 + 10));
constexpr double outputs = number * (2048 + 2048);

device::Profile withLimits(double memory, std::optional<double> flash) {
    device::Profile profile;
    profile.memory = Bytes(memory);
    if (flash)
        profile.flash = Bytes(*flash);
    return profile;
}

} // namespace

class TestMemoryLimit : public QObject {
    Q_OBJECT

private slots:
    /// The branch keeps its input alive; batch norm, activation and sum write over theirs.
    void the_peak_is_the_largest_sum_of_what_is_still_read() {
        QCOMPARE(arch::networkCosts(branching()).peakMemory.value, outputs);
        arch::Network straight = branching();
        straight.layers.erase(straight.layers.begin() + 4, straight.layers.begin() + 6);
        straight.layers[4].inputs = {3};
        straight.layers[5].inputs = {4};
        arch::validate(straight);
        QCOMPARE(arch::networkCosts(straight).peakMemory.value, number * (1024 + 2048));
    }

    void a_normalisation_that_something_reads_twice_is_kept() {
        arch::Network network = branching();
        network.layers[5].inputs = {2, 4}; // the sum reads the norm's output: the relu needs a buffer
        QCOMPARE(arch::networkCosts(network).peakMemory.value, number * (3 * 2048));
    }

    void weights_and_outputs_share_the_memory() {
        QVERIFY(!device::excessOf(branching(), withLimits(weights + outputs, {})));
        const auto excess = device::excessOf(branching(), withLimits(weights + outputs - 1, {}));
        QVERIFY(excess && excess->bytes == Bytes(1));
        QVERIFY(excess->reason.find("memory") != std::string::npos);
    }

    void weights_stay_in_flash_where_there_is_some() {
        QVERIFY(!device::excessOf(branching(), withLimits(outputs, weights)));
        const auto flash = device::excessOf(branching(), withLimits(outputs, weights - 1));
        QVERIFY(flash && flash->reason.find("flash") != std::string::npos);
        const auto memory = device::excessOf(branching(), withLimits(outputs - 1, weights));
        QVERIFY(memory && memory->reason.find("outputs") != std::string::npos);
    }

    void an_unknown_limit_limits_nothing() { QVERIFY(!device::excessOf(branching(), device::Profile())); }
};

QTEST_APPLESS_MAIN(TestMemoryLimit)
#include "test_memory_limit.moc"
