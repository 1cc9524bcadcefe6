// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/device/adapt.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using device::Compared;

namespace {

/// 3 times as slow, and a little more so for large networks.
std::vector<Compared> scaled(int count, double disturbance = 0) {
    std::vector<Compared> networks;
    for (int i = 0; i < count; ++i) {
        const double predicted = 1e-3 * std::pow(1.3, i);
        networks.push_back({Seconds(predicted), Seconds(3 * std::pow(predicted, 1.1) *
                                                        (1 + (i % 2 == 0 ? disturbance : -disturbance)))});
    }
    return networks;
}

} // namespace

class TestAdapt : public QObject {
    Q_OBJECT

private slots:
    void a_scale_and_a_slope_are_found() {
        const auto correction = device::fitCorrection(scaled(10));
        QVERIFY(std::abs(correction.slope - 1.1) < 1e-9);
        QVERIFY(std::abs(std::exp(correction.offset) - 3) < 1e-9);
        QVERIFY(correction.error < 1e-9);
        QVERIFY(std::abs(device::corrected(correction, Seconds(0.02)).value - 3 * std::pow(0.02, 1.1)) <
                1e-12);
    }

    void the_error_is_that_of_networks_left_out() {
        const auto correction = device::fitCorrection(scaled(10, 0.05));
        QVERIFY(correction.error > 0.05 && correction.error < 0.15);
    }

    void few_or_equal_networks_tell_a_scale_alone() {
        const auto three = device::fitCorrection(scaled(3));
        QCOMPARE(three.slope, 1.0);
        std::vector<Compared> equal(10, {Seconds(1e-3), Seconds(2e-3)});
        const auto same = device::fitCorrection(equal);
        QCOMPARE(same.slope, 1.0);
        QVERIFY(std::abs(std::exp(same.offset) - 2) < 1e-9);
        QCOMPARE(device::fitCorrection(scaled(1)).error, 1.0); // as good as unknown
        QVERIFY_THROWS_EXCEPTION(Error, device::fitCorrection({}));
    }

    void predictions_are_judged_by_their_relative_error() {
        const auto each = [](double predicted) { return Compared{Seconds(predicted), Seconds(1)}; };
        const std::vector<Compared> networks{each(1.04), each(0.96), each(1.09), each(0.5)};
        const auto accuracy = device::accuracyOf(networks);
        QCOMPARE(accuracy.networks, std::size_t{4});
        QCOMPARE(accuracy.within5, 0.5);
        QCOMPARE(accuracy.within10, 0.75);
        QCOMPARE(accuracy.worst, 0.5);
        QCOMPARE(accuracy.spearman, 0.0); // all took the same
        QCOMPARE(device::accuracyOf({}).networks, std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestAdapt)
#include "test_adapt.moc"
