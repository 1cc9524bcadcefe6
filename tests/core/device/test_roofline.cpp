// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/device/latency.h"

#include <QtTest>

using namespace greenfront;
using arch::Layer;
using arch::Network;
using arch::Op;
using device::estimateLatency;

namespace {

Layer layer(std::string name, Op op, int input, Shape output) {
    Layer result;
    result.name = std::move(name);
    result.op = op;
    result.inputs = {input};
    result.output = output;
    return result;
}

Layer conv(std::string name, int input, Shape output, int kernel, int groups = 1) {
    Layer result = layer(std::move(name), Op::Conv, input, output);
    result.kernel = kernel;
    result.groups = groups;
    return result;
}

Network networkOf(Shape input, const std::vector<Layer>& layers) {
    Network network{.name = "by hand", .layers = {{}}};
    network.layers.front().name = "input";
    network.layers.front().output = input;
    network.layers.insert(network.layers.end(), layers.begin(), layers.end());
    arch::validate(network);
    return network;
}

/// 2 operations a nanosecond and 1 byte a nanosecond, so that times can be counted on paper.
device::Profile slowDevice() {
    device::Profile profile;
    profile.id = "slow";
    profile.title = "Slow device";
    profile.threads = 3;
    profile.peakGflops = 4;
    profile.efficiency = 0.5;
    profile.bandwidthGBs = 1;
    profile.overhead = Seconds(1000e-9);
    return profile;
}

/// Nanoseconds.
double timeOf(const Network& network, const device::Profile& profile = slowDevice()) {
    return estimateLatency(network, profile).median.value * 1e9;
}

} // namespace

class TestRoofline : public QObject {
    Q_OBJECT

private slots:
    void aConvolutionIsBoundByArithmetic() {
        const Network network = networkOf({8, 4, 4}, {conv("conv", 0, {16, 4, 4}, 3)});
        const double macs = 16 * 8 * 9 * 16;
        const double bytes = 4 * (8 * 16 + 16 * 16 + 16 * 8 * 9);
        QVERIFY(macs > bytes);
        QCOMPARE(timeOf(network), macs + 1000);
    }

    void aDepthwiseConvolutionIsBoundByItsBytes() {
        device::Profile profile = slowDevice();
        profile.peakGflops = 40;
        const Network network = networkOf({8, 4, 4}, {conv("depthwise", 0, {8, 4, 4}, 3, 8)});
        QCOMPARE(timeOf(network, profile), 4.0 * (8 * 16 + 8 * 16 + 8 * 9) + 1000);
    }

    void aLinearLayerReadsItsWeights() {
        device::Profile profile = slowDevice();
        profile.peakGflops = 40;
        const Network network = networkOf({64, 1, 1}, {layer("linear", Op::Linear, 0, {10, 1, 1})});
        QCOMPARE(timeOf(network, profile), 4.0 * (64 + 10 + 64 * 10) + 1000);
    }

    void whatFollowsAConvolutionIsFused() {
        const Layer convolution = conv("conv", 0, {16, 4, 4}, 3);
        const Network alone = networkOf({8, 4, 4}, {convolution});
        const Network followed =
            networkOf({8, 4, 4}, {convolution, layer("norm", Op::BatchNorm, 1, {16, 4, 4}),
                                  layer("relu", Op::Relu, 2, {16, 4, 4})});
        QCOMPARE(timeOf(followed), timeOf(alone));
    }

    void whatStandsElsewhereIsNot() {
        const Network relu = networkOf({8, 4, 4}, {layer("relu", Op::Relu, 0, {8, 4, 4})});
        QCOMPARE(timeOf(relu), 4.0 * (2 * 8 * 16) + 1000);
        // The sum needs the convolution's own result, so that cannot stay in registers.
        Layer sum = layer("sum", Op::Add, 1, {8, 4, 4});
        sum.inputs.push_back(2);
        const Network shared = networkOf(
            {8, 4, 4}, {conv("conv", 0, {8, 4, 4}, 1), layer("relu", Op::HardSwish, 1, {8, 4, 4}), sum});
        QCOMPARE(timeOf(shared),
                 (8.0 * 8 * 16 + 256) + 1000 + 4.0 * (2 * 128) + 1000 + 4.0 * (3 * 128) + 1000);
    }

    void layersAddUp() {
        const Network network = networkOf({8, 4, 4}, {layer("normalise", Op::Normalise, 0, {8, 4, 4}),
                                                      layer("pool", Op::GlobalAveragePool, 1, {8, 1, 1})});
        QCOMPARE(timeOf(network), 4.0 * (2 * 128) + 1000 + 4.0 * (128 + 8) + 1000);
    }

    void moreArithmeticNeverTakesLess() {
        for (const device::Profile& profile : device::knownDevices()) {
            if (profile.measured)
                continue;
            Seconds before;
            for (int channels = 4; channels <= 1024; channels *= 2) {
                const Network network = networkOf({16, 16, 16}, {conv("conv", 0, {channels, 16, 16}, 3)});
                const Seconds now = estimateLatency(network, profile).median;
                QVERIFY2(now > before, profile.id.c_str());
                before = now;
            }
            const Network small = networkOf({64, 16, 16}, {conv("conv", 0, {64, 16, 16}, 3)});
            const Network large = networkOf({64, 16, 16}, {conv("conv", 0, {64, 16, 16}, 5)});
            QVERIFY(estimateLatency(small, profile).median < estimateLatency(large, profile).median);
        }
    }

    void anEstimateSaysThatItIsOne() {
        const Network network = networkOf({8, 4, 4}, {conv("conv", 0, {16, 4, 4}, 3)});
        const device::Latency latency = estimateLatency(network, slowDevice());
        QCOMPARE(latency.provenance, Provenance::Estimated);
        QCOMPARE(latency.repeats, 0);
        QCOMPARE(latency.threads, 3);
        QVERIFY(latency.method.starts_with("roofline of Slow device"));
        const Metric metric = device::latencyMetric(latency);
        QCOMPARE(metric.provenance, Provenance::Estimated);
        QCOMPARE(metric.low.value(), metric.value / 2);
        QCOMPARE(metric.high.value(), metric.value * 2);
    }

    void whatIsMeasuredCannotBeEstimated() {
        const Network network = networkOf({8, 4, 4}, {conv("conv", 0, {16, 4, 4}, 3)});
        QVERIFY_EXCEPTION_THROWN(estimateLatency(network, device::findDevice(device::thisMachine)), Error);
    }
};

QTEST_APPLESS_MAIN(TestRoofline)
#include "test_roofline.moc"
