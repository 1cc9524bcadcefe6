// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/training_free.h"

#include "core/arch/search_space.h"
#include "core/nn/supernet.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::arch;

namespace {

constexpr std::size_t inputs = 3, hidden = 4, classes = 2;
constexpr std::uint64_t seed = 5;

/// Linear, batch norm, rectifier, linear.
Network twoLayers() {
    const Shape middle{static_cast<int>(hidden), 1, 1};
    return {.name = "two layers",
            .layers = {
                {.name = "input", .op = Op::Input, .inputs = {}, .output = {static_cast<int>(inputs), 1, 1}},
                {.name = "first", .op = Op::Linear, .inputs = {0}, .output = middle},
                {.name = "norm", .op = Op::BatchNorm, .inputs = {1}, .output = middle},
                {.name = "rectifier", .op = Op::Relu, .inputs = {2}, .output = middle},
                {.name = "last",
                 .op = Op::Linear,
                 .inputs = {3},
                 .output = {static_cast<int>(classes), 1, 1},
                 .bias = true}}};
}

std::vector<float> weightsOf(const std::string& name) {
    return nn::Supernet(twoLayers(), seed).weights().at(name + ".weight").values;
}

double determinant(const std::array<std::array<double, 3>, 3>& m) {
    return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) -
           m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
           m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
}

std::vector<float> randomImages(std::size_t numbers) {
    Rng rng(3);
    std::vector<float> images(numbers);
    for (float& value : images)
        value = static_cast<float>(rng.normal());
    return images;
}

} // namespace

class TestTrainingFree : public QObject {
    Q_OBJECT

private slots:
    /// Each layer of a chain carries the whole flow, which is what positive weights make of an input of ones.
    void synflowSumsTheFlowThroughEveryWeight() {
        const auto first = weightsOf("first");
        const auto last = weightsOf("last");
        double flow = 0;
        for (std::size_t c = 0; c < classes; ++c)
            for (std::size_t h = 0; h < hidden; ++h)
                for (std::size_t i = 0; i < inputs; ++i)
                    flow += std::abs(double{last[c * hidden + h]} * first[h * inputs + i]);
        const double found = train::synflow(twoLayers(), seed);
        QVERIFY2(std::abs(found - std::log(2 * flow)) < 1e-4, qPrintable(QString::number(found)));
    }

    void activationOverlapCountsUnitsThatAgree() {
        constexpr std::size_t count = 3;
        const auto images = randomImages(count * inputs);
        const auto first = weightsOf("first");
        std::array<std::array<bool, hidden>, count> on{};
        for (std::size_t h = 0; h < hidden; ++h) {
            std::array<double, count> sums{};
            for (std::size_t image = 0; image < count; ++image)
                for (std::size_t i = 0; i < inputs; ++i)
                    sums[image] += double{first[h * inputs + i]} * images[image * inputs + i];
            for (std::size_t image = 0; image < count; ++image)
                on[image][h] = sums[image] > (sums[0] + sums[1] + sums[2]) / 3;
        }
        std::array<std::array<double, count>, count> agree{};
        for (std::size_t a = 0; a < count; ++a)
            for (std::size_t b = 0; b < count; ++b)
                for (std::size_t h = 0; h < hidden; ++h)
                    agree[a][b] += on[a][h] == on[b][h] ? 1 : 0;
        QVERIFY(determinant(agree) > 1);
        const double found = train::activationOverlap(twoLayers(), images, seed);
        QVERIFY2(std::abs(found - std::log(determinant(agree))) < 1e-9, qPrintable(QString::number(found)));
    }

    void imagesThatLookAlikeLeaveNothingToTellApart() {
        auto images = randomImages(3 * inputs);
        std::copy_n(images.begin(), inputs, images.begin() + inputs);
        QCOMPARE(train::activationOverlap(twoLayers(), images, seed), -HUGE_VAL);
    }

    void bothTellAWideNetworkFromANarrowOne_data() {
        QTest::addColumn<QString>("kind");
        for (const char* kind : {"mbconv-small", "mlp"})
            QTest::addRow("%s", kind) << QString(kind);
    }
    void bothTellAWideNetworkFromANarrowOne() {
        QFETCH(QString, kind);
        const Shape input = kind == "mlp" ? Shape{8, 1, 1} : Shape{1, 16, 16};
        const auto space = makeSpace(proposedSpace(kind.toStdString(), input, 10));
        const Network largest = space->decode(space->largest());
        const Network smallest = space->decode(space->smallest());
        const auto images = randomImages(16 * largest.input().size());
        const auto fewer = std::span(images).first(16 * smallest.input().size());
        QVERIFY(train::synflow(largest, 1) > train::synflow(smallest, 1));
        QVERIFY(train::activationOverlap(largest, images, 1) > train::activationOverlap(smallest, fewer, 1));
        QCOMPARE(train::synflow(smallest, 1), train::synflow(smallest, 1));
        QVERIFY(train::synflow(smallest, 1) != train::synflow(smallest, 2));
    }

    /// Squeeze and excite, hard swish, residuals.
    void anyNetworkHasScores() {
        const auto space = makeSpace(proposedSpace("mobilenet-v3", {3, 16, 16}, 10));
        const Network network = space->decode(space->smallest());
        QVERIFY(std::isfinite(train::synflow(network, 1)));
        QVERIFY(
            std::isfinite(train::activationOverlap(network, randomImages(8 * network.input().size()), 1)));
    }

    void eachScoreHasItsSource() {
        QCOMPARE(train::trainingFreeScores().size(), std::size_t(2));
        for (const auto& score : train::trainingFreeScores())
            QVERIFY(!score.name.empty() && score.source.find("20") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestTrainingFree)
#include "test_training_free.moc"
