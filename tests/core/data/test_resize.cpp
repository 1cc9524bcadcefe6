// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/resize.h"

#include <QtTest>
#include <numeric>

using namespace greenfront;
using data::resized;

class TestResize : public QObject {
    Q_OBJECT

private:
    static bool near(const std::vector<float>& a, const std::vector<float>& b) {
        return std::ranges::equal(a, b, [](float x, float y) { return std::abs(x - y) < 1e-5F; });
    }

private slots:
    void the_same_shape_is_a_copy() {
        const std::vector<float> image{1, 2, 3, 4, 5, 6};
        QVERIFY(resized(image, {1, 2, 3}, {1, 2, 3}) == image);
    }

    void growing_interpolates_between_the_centres_of_pixels() {
        const std::vector<float> row{0, 4};
        QVERIFY(near(resized(row, {1, 1, 2}, {1, 1, 4}), {0, 1, 3, 4}));
        QVERIFY(near(resized(row, {1, 2, 1}, {1, 4, 1}), {0, 1, 3, 4}));
    }

    /// The triangle of a halved row has the weights 1/8, 3/8, 3/8, 1/8; at the border those that are there.
    void shrinking_takes_the_mean_of_what_a_pixel_covers() {
        const std::vector<float> row{8, 0, 0, 8, 0, 0};
        QVERIFY(near(resized(row, {1, 1, 6}, {1, 1, 3}), {8.0F * 3 / 7, 8.0F * 3 / 8, 8.0F * 1 / 7}));
    }

    void each_image_and_channel_is_on_its_own() {
        const std::vector<float> two{1, 1, 2, 2, /**/ 3, 3, 4, 4};
        QVERIFY(near(resized(two, {2, 1, 2}, {2, 1, 3}), {1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4}));
    }

    void a_slope_stays_a_slope() {
        std::vector<float> image(32 * 32);
        for (std::size_t i = 0; i < image.size(); ++i)
            image[i] = static_cast<float>(i % 32) + 100.0F * static_cast<float>(i / 32);
        const auto small = resized(image, {1, 32, 32}, {1, 20, 20});
        for (int y = 2; y < 18; ++y)
            for (int x = 2; x < 18; ++x) {
                const double expected = ((x + 0.5) * 1.6 - 0.5) + 100 * ((y + 0.5) * 1.6 - 0.5);
                QVERIFY(std::abs(small[static_cast<std::size_t>(y * 20 + x)] - expected) < 20);
            }
        const double mean = std::accumulate(image.begin(), image.end(), 0.0) / 1024;
        QVERIFY(std::abs(std::accumulate(small.begin(), small.end(), 0.0) / 400 - mean) < 0.02 * mean);
    }
};

QTEST_APPLESS_MAIN(TestResize)
#include "test_resize.moc"
