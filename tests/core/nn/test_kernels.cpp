// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/nn/batch_norm.h"
#include "core/nn/depthwise.h"
#include "core/nn/im2col.h"

#include <QtTest>
#include <cmath>
#include <numeric>
#include <vector>

using namespace greenfront;
using namespace greenfront::nn;

namespace {

std::vector<float> randomNumbers(std::size_t count, Rng& rng) {
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(rng.normal());
    return values;
}

double dot(const std::vector<float>& a, const std::vector<float>& b) {
    return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

std::size_t inputSize(const DepthwiseShape& s) {
    return static_cast<std::size_t>(s.batch) * static_cast<std::size_t>(s.height * s.width * s.channels);
}

std::size_t outputSize(const DepthwiseShape& s) {
    return static_cast<std::size_t>(s.batch) *
           static_cast<std::size_t>(s.outHeight() * s.outWidth() * s.channels);
}

/// Straight from the definition.
std::vector<float> naiveForward(const DepthwiseShape& s, const std::vector<float>& x,
                                const std::vector<float>& w) {
    std::vector<float> y(outputSize(s));
    for (int n = 0; n < s.batch; ++n)
        for (int oy = 0; oy < s.outHeight(); ++oy)
            for (int ox = 0; ox < s.outWidth(); ++ox)
                for (int c = 0; c < s.channels; ++c) {
                    double sum = 0;
                    for (int ky = 0; ky < s.kernel; ++ky)
                        for (int kx = 0; kx < s.kernel; ++kx) {
                            const int iy = oy * s.stride - s.kernel / 2 + ky;
                            const int ix = ox * s.stride - s.kernel / 2 + kx;
                            if (iy >= 0 && ix >= 0 && iy < s.height && ix < s.width)
                                sum += static_cast<double>(x[static_cast<std::size_t>(
                                           ((n * s.height + iy) * s.width + ix) * s.channels + c)]) *
                                       w[static_cast<std::size_t>((ky * s.kernel + kx) * s.channels + c)];
                        }
                    y[static_cast<std::size_t>(((n * s.outHeight() + oy) * s.outWidth() + ox) * s.channels +
                                               c)] = static_cast<float>(sum);
                }
    return y;
}

double largestDifference(const std::vector<float>& a, const std::vector<float>& b) {
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return largest;
}

} // namespace

class TestKernels : public QObject {
    Q_OBJECT

private slots:
    void depthwise_data() {
        QTest::addColumn<int>("kernel");
        QTest::addColumn<int>("stride");
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("height");
        for (const int kernel : {1, 3, 5, 7, 9})
            for (const int stride : {1, 2})
                for (const int channels : {1, 5, 16, 37, 64})
                    for (const int height : {1, 4, 9})
                        QTest::addRow("kernel %d stride %d channels %d height %d", kernel, stride, channels,
                                      height)
                            << kernel << stride << channels << height;
    }

    /// The backward passes are the adjoints of the forward one: <conv(x, w), g> = <x, dx(g, w)> = <w, dw(x,
    /// g)>.
    void depthwise() {
        QFETCH(int, kernel);
        QFETCH(int, stride);
        QFETCH(int, channels);
        QFETCH(int, height);
        const DepthwiseShape s{2, height, height + 3, channels, kernel, stride};
        Rng rng(1);
        const auto x = randomNumbers(inputSize(s), rng);
        const auto w = randomNumbers(static_cast<std::size_t>(kernel * kernel * channels), rng);
        const auto g = randomNumbers(outputSize(s), rng);
        std::vector<float> y(outputSize(s)), dx(inputSize(s)), dw(w.size());
        depthwiseForward(s, x.data(), w.data(), y.data(), 0, s.batch);
        QVERIFY(largestDifference(y, naiveForward(s, x, w)) < 1e-4);
        depthwiseBackwardInput(s, g.data(), w.data(), dx.data());
        depthwiseBackwardWeight(s, x.data(), g.data(), dw.data());
        const double expected = dot(y, g);
        const double tolerance = 1e-3 * std::max(1.0, std::sqrt(dot(y, y) * dot(g, g)));
        QVERIFY(std::abs(dot(x, dx) - expected) < tolerance);
        QVERIFY(std::abs(dot(w, dw) - expected) < tolerance);
    }

    void moments_survive_a_mean_far_from_zero() {
        constexpr std::size_t rows = 1000, channels = 3;
        Rng rng(2);
        std::vector<float> x = randomNumbers(rows * channels, rng);
        for (float& value : x)
            value += 1000.0F;
        std::vector<double> sum(channels), squares(channels);
        channelMoments(x.data(), rows, channels, x.data(), sum.data(), squares.data());
        for (std::size_t c = 0; c < channels; ++c) {
            double mean = 0, variance = 0;
            for (std::size_t r = 0; r < rows; ++r)
                mean += x[r * channels + c] / static_cast<double>(rows);
            for (std::size_t r = 0; r < rows; ++r)
                variance +=
                    (x[r * channels + c] - mean) * (x[r * channels + c] - mean) / static_cast<double>(rows);
            const double offset = sum[c] / rows;
            QVERIFY(std::abs(x[c] + offset - mean) < 1e-4);
            QVERIFY(std::abs(squares[c] / rows - offset * offset - variance) < 1e-3 * variance);
        }
    }

    void normalising_activates_and_adds_where_asked() {
        const std::vector<float> x{-1, 2, 3, -4}, scale{2, 1}, shift{1, -1}, residual{10, 20, 30, 40};
        const auto result = [&](Activation activation, const float* added) {
            std::vector<float> y(4);
            normalise(x.data(), y.data(), 2, 2, scale.data(), shift.data(), activation, added);
            return y;
        };
        QCOMPARE(result(Activation::None, nullptr), (std::vector<float>{-1, 1, 7, -5}));
        QCOMPARE(result(Activation::Relu, nullptr), (std::vector<float>{0, 1, 7, 0}));
        QVERIFY(largestDifference(result(Activation::HardSwish, nullptr), {-1.0F / 3, 2.0F / 3, 7, 0}) <
                1e-6);
        QCOMPARE(result(Activation::Relu, residual.data()), (std::vector<float>{10, 21, 37, 40}));
    }

    void gradients_pass_only_where_the_activation_was_open() {
        const std::vector<float> x{-1, 2, 3, -4}, grad{5, 6, 7, 8}, scale{1, 1}, shift{0, 0}, mean{1, -1};
        std::vector<double> sum(2), products(2);
        gradientMoments(x.data(), grad.data(), 2, 2, scale.data(), shift.data(), mean.data(),
                        Activation::Relu, sum.data(), products.data());
        QCOMPARE(sum, (std::vector<double>{7, 6}));
        QCOMPARE(products, (std::vector<double>{7 * (3 - 1), 6 * (2 + 1)}));
        std::vector<float> gradX(4);
        const std::vector<float> a{2, 2}, b{1, 1}, c{10, 10};
        gradientInput(x.data(), grad.data(), gradX.data(), 2, 2, scale.data(), shift.data(), Activation::Relu,
                      a.data(), b.data(), c.data());
        QCOMPARE(gradX, (std::vector<float>{9, 24, 27, 6}));
    }

    void the_slope_of_an_activation_is_its_difference_quotient() {
        constexpr float h = 1e-3F;
        for (float u = -4.05F; u < 4; u += 0.1F) {
            QVERIFY(std::abs(slope<Activation::HardSwish>(u) - (activated<Activation::HardSwish>(u + h) -
                                                                activated<Activation::HardSwish>(u - h)) /
                                                                   (2 * h)) < 2e-3);
            QCOMPARE(slope<Activation::Relu>(u), u > 0 ? 1.0F : 0.0F);
        }
    }

    void columns_and_images_are_adjoint() {
        const ColumnShape s{{3, 5, 4}, {2, 3, 2}, 3, 2};
        constexpr std::size_t samples = 2;
        Rng rng(3);
        const auto x = randomNumbers(samples * s.in.size(), rng);
        const auto g = randomNumbers(samples * 3 * 2 * 27, rng);
        std::vector<float> columns(g.size()), back(x.size());
        imagesToColumns(s, samples, x.data(), columns.data());
        columnsToImages(s, samples, g.data(), back.data());
        QVERIFY(std::abs(dot(columns, g) - dot(x, back)) < 1e-3);
        // the middle tap of the first output is the first pixel, the tap before it lies in the padding
        for (std::size_t c = 0; c < 3; ++c) {
            QCOMPARE(columns[4 * 3 + c], x[c]);
            QCOMPARE(columns[3 * 3 + c], 0.0F);
        }
    }
};

QTEST_APPLESS_MAIN(TestKernels)
#include "test_kernels.moc"
