// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/device/ridge.h"
#include "core/device/unit_regressor.h"
#include "made_up_machine.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace greenfront;
using device::FusedUnit;
using device::UnitRegressor;
using device::UnitTime;

namespace {

FusedUnit pointwise(int in, int out, int side) {
    return {.layers = {},
            .kind = "pointwise",
            .input = {in, side, side},
            .output = {out, side, side},
            .kernel = 1,
            .stride = 1,
            .groups = 1,
            .then = {}};
}

/// Every other one of a grid of convolutions, and what the made-up machine takes for them.
std::vector<UnitTime> measuredGrid() {
    std::vector<UnitTime> times;
    for (const int in : {8, 24, 64, 160})
        for (const int out : {16, 48, 128})
            for (const int side : {4, 8, 16}) {
                const FusedUnit unit = pointwise(in, out, side);
                times.push_back({unit, Seconds(testing::rooflineSeconds(unit))});
            }
    return times;
}

} // namespace

class TestUnitRegressor : public QObject {
    Q_OBJECT

private slots:
    void ridge_finds_the_weights_of_a_line() {
        std::vector<std::vector<double>> rows;
        std::vector<double> targets;
        Rng rng(1);
        for (int i = 0; i < 50; ++i) {
            rows.push_back({1, rng.normal(), rng.normal()});
            targets.push_back(3 + 2 * rows.back()[1] - rows.back()[2]);
        }
        const auto weights = device::ridge(rows, targets, 1e-9);
        QVERIFY(std::abs(weights[0] - 3) < 1e-6 && std::abs(weights[1] - 2) < 1e-6 &&
                std::abs(weights[2] + 1) < 1e-6);
        // The strength pulls all weights but the first towards 0.
        const auto strong = device::ridge(rows, targets, 1e9);
        QVERIFY(std::abs(strong[1]) < 1e-3 && std::abs(strong[2]) < 1e-3 && strong[0] > 2);
    }

    void columns_that_say_the_same_share_the_weight() {
        const std::vector<std::vector<double>> rows{{1, 1, 1}, {1, 2, 2}, {1, 3, 3}};
        const auto weights = device::ridge(rows, std::vector<double>{2, 4, 6}, 1e-6);
        QVERIFY(std::abs(weights[1] - 1) < 1e-3 && std::abs(weights[2] - 1) < 1e-3);
    }

    void a_measured_unit_gets_its_time_back() {
        const auto times = measuredGrid();
        const UnitRegressor regressor(times);
        for (const UnitTime& each : times)
            QVERIFY(std::abs(*regressor.predict(each.unit) / each.time - 1) < 1e-3);
    }

    void those_between_are_predicted() {
        const UnitRegressor regressor(measuredGrid());
        for (const auto& [in, out, side] :
             {std::tuple(16, 32, 8), std::tuple(96, 96, 4), std::tuple(40, 64, 16)}) {
            const FusedUnit unit = pointwise(in, out, side);
            const double error =
                std::abs(regressor.predict(unit)->value / testing::rooflineSeconds(unit) - 1);
            QVERIFY2(error < 0.15, std::to_string(error).c_str());
        }
    }

    void what_is_left_out_says_how_wrong_it_is() {
        const UnitRegressor smooth(measuredGrid());
        auto errors = smooth.heldOutErrors();
        QCOMPARE(errors.size(), measuredGrid().size());
        std::ranges::sort(errors);
        QVERIFY2(errors[errors.size() / 2] < 0.15, std::to_string(errors[errors.size() / 2]).c_str());
        auto times = measuredGrid();
        Rng rng(1);
        for (UnitTime& each : times)
            each.time = each.time * std::exp(rng.normal());
        auto noisy = UnitRegressor(times).heldOutErrors();
        std::ranges::sort(noisy);
        QVERIFY(noisy[noisy.size() / 2] > 3 * errors[errors.size() / 2]);
    }

    void an_erratic_region_is_known_as_such() {
        auto times = measuredGrid();
        for (std::size_t i = 0; i < times.size(); ++i)
            if (times[i].unit.input.channels == 160)
                times[i].time = times[i].time * (i % 2 == 0 ? 3.0 : 0.3);
        const UnitRegressor regressor(times);
        QVERIFY(regressor.errorNear(pointwise(150, 40, 8)) > 3 * regressor.errorNear(pointwise(10, 40, 8)));
    }

    void few_samples_and_other_kinds() {
        const UnitRegressor none(std::vector<UnitTime>{});
        QVERIFY(!none.predict(pointwise(8, 8, 8)));
        QCOMPARE(none.errorNear(pointwise(8, 8, 8)), 1.0);
        const std::vector<UnitTime> one{{pointwise(8, 8, 8), Seconds(1e-3)}};
        const UnitRegressor single(one);
        QVERIFY(std::abs(single.predict(pointwise(8, 8, 8))->value - 1e-3) < 1e-9);
        QVERIFY(single.predict(pointwise(64, 64, 8)).has_value());
        QCOMPARE(single.errorNear(pointwise(8, 8, 8)), 1.0);
        FusedUnit other = pointwise(8, 8, 8);
        other.kind = "depthwise";
        QVERIFY(!single.predict(other));
    }
};

QTEST_APPLESS_MAIN(TestUnitRegressor)
#include "test_unit_regressor.moc"
