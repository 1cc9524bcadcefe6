// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/device/measure_space.h"
#include "made_up_machine.h"

#include <QtTest>
#include <set>

using namespace greenfront;
using namespace greenfront::device;
using testing::MadeUpMachine;

namespace {

Anchor steadyAnchor() {
    return [] { return Seconds(1e-3); };
}

} // namespace

class TestMeasureSpace : public QObject {
    Q_OBJECT

private:
    Control control_;
    std::shared_ptr<const arch::SearchSpace> space_ = testing::smallSpace();

    SpaceMeasurement measure(MadeUpMachine& machine, const PlanOptions& options) {
        Profiler profiler(machine.prepare(), {}, steadyAnchor(), machine.clock());
        const MeasuringPlan plan = planFor(*space_, options);
        return measureSpace(plan, profiler, control_, {}, machine.clock());
    }

private slots:
    void a_network_is_measured_whole_and_by_its_units() {
        MadeUpMachine machine(testing::rooflineSeconds, 5e-6);
        Profiler profiler(machine.prepare(), {}, steadyAnchor(), machine.clock());
        const arch::Network network = space_->decode(space_->canonical(space_->largest()));
        const NetworkProfile profile = profiler.measure(network, true, control_);
        QVERIFY(std::abs(profile.whole.value / machine.secondsOf(network) - 1) < 1e-6);
        QVERIFY(std::abs(profile.call.value - 5e-6) < 1e-9);
        QCOMPARE(profile.units.size(), profile.unitTimes.size());
        for (std::size_t i = 0; i < profile.units.size(); ++i)
            QVERIFY(std::abs(profile.unitTimes[i].value / testing::rooflineSeconds(profile.units[i]) - 1) <
                    1e-6);
        QVERIFY(profile.runs >= 12);
        QVERIFY(profiler.measure(network, false, control_).unitTimes.empty());
    }

    void runs_while_the_machine_is_busy_are_left_out() {
        MadeUpMachine machine(testing::rooflineSeconds);
        long looks = 0;
        const Anchor anchor = [&] {
            const bool busy = looks++ % 8 >= 5; // of the bursts, about half
            machine.slowness = busy ? 3 : 1;
            return Seconds(busy ? 2e-3 : 1e-3);
        };
        Profiler profiler(machine.prepare(), {}, anchor, machine.clock());
        const arch::Network network = space_->decode(space_->canonical(space_->largest()));
        for (int i = 0; i < 4; ++i)
            QVERIFY(
                std::abs(profiler.measure(network, false, control_).whole.value / machine.secondsOf(network) -
                         1) < 1e-6);
        QVERIFY(profiler.busyShare() > 0.05);
    }

    void a_slower_clock_is_scaled_away() {
        MadeUpMachine machine(testing::rooflineSeconds);
        const Anchor anchor = [&] { return Seconds(1e-3 * machine.slowness); };
        Profiler profiler(machine.prepare(), {}, anchor, machine.clock());
        const arch::Network network = space_->decode(space_->canonical(space_->largest()));
        for (const double slowness : {1.0, 1.3, 0.8, 1.45}) {
            machine.slowness = slowness;
            const NetworkProfile profile = profiler.measure(network, true, control_);
            QVERIFY(std::abs(profile.whole.value / machine.secondsOf(network) - 1) < 1e-6);
            QVERIFY(std::abs(profile.unitTimes[1].value / testing::rooflineSeconds(profile.units[1]) - 1) <
                    1e-6);
        }
        QCOMPARE(profiler.busyShare(), 0.0);
    }

    void a_machine_that_is_never_steady_is_measured_too() {
        MadeUpMachine machine(testing::rooflineSeconds);
        bool fast = true;
        const Anchor anchor = [&] { return Seconds((fast = !fast) ? 1e-3 : 2e-3); };
        Profiler profiler(machine.prepare(), {.limit = Seconds(0.1)}, anchor, machine.clock());
        const arch::Network network = space_->decode(space_->canonical(space_->largest()));
        QVERIFY(profiler.measure(network, true, control_).runs > 0);
    }

    void blocks_predict_networks_that_they_have_not_seen() {
        MadeUpMachine machine(testing::rooflineSeconds, 5e-6);
        const SpaceMeasurement measured = measure(machine, {.networks = 60, .limit = Seconds(1.5)});
        QVERIFY(measured.profiled >= 8);
        QVERIFY(measured.accuracy.networks >= 10 && measured.accuracy.networks <= 60);
        QVERIFY2(measured.accuracy.within10 == 1, std::to_string(measured.accuracy.worst).c_str());
        QVERIFY(measured.accuracy.spearman > 0.99);
        QCOMPARE(measured.table.networks.size(), measured.profiled + measured.accuracy.networks);
        QVERIFY(measured.table.correction.error < 0.1);
        QCOMPARE(measured.table.space, space_->toJson());
        // What was written can be read.
        QVERIFY(latencyTableFromJson(toJson(measured.table), "table").blocks.size() ==
                measured.table.blocks.size());
    }

    void held_out_networks_have_taught_nothing() {
        MadeUpMachine machine(testing::rooflineSeconds);
        const SpaceMeasurement measured = measure(machine, {.networks = 20, .limit = Seconds(0.6)});
        std::set<Genotype> profiled;
        for (const NetworkTime& network : measured.table.networks)
            if (!network.heldOut)
                profiled.insert(network.genotype);
        QCOMPARE(profiled.size(), measured.profiled);
        for (const NetworkTime& network : measured.table.networks)
            QVERIFY(!network.heldOut || !profiled.contains(network.genotype));
    }

    /// Depthwise convolutions behave strangely here, so their configurations are worth more looks.
    void it_looks_where_it_is_wrong() {
        const auto strange = [](const FusedUnit& unit) {
            const double base = testing::rooflineSeconds(unit);
            return unit.kind == "depthwise" ? base * (1 + static_cast<double>(unit.input.channels * 7919 % 5))
                                            : base;
        };
        MadeUpMachine machine(strange);
        Profiler profiler(machine.prepare(), {}, steadyAnchor(), machine.clock());
        MeasuringPlan plan = planFor(*space_, {.networks = 10, .limit = Seconds(2)});
        const SpaceMeasurement adaptive = measureSpace(plan, profiler, control_, {}, machine.clock());
        plan.adaptive = false;
        const SpaceMeasurement fixed = measureSpace(plan, profiler, control_, {}, machine.clock());
        QCOMPARE(fixed.profiled, plan.blocks.size());
        QVERIFY(adaptive.profiled > fixed.profiled);
        QVERIFY(adaptive.table.blocks.size() > fixed.table.blocks.size());
        QVERIFY(adaptive.accuracy.median <= fixed.accuracy.median);
    }

    void networks_alone_need_no_blocks() {
        MadeUpMachine machine(testing::rooflineSeconds);
        const SpaceMeasurement measured = measure(machine, {.blocks = false, .networks = 10});
        QVERIFY(measured.table.blocks.empty());
        QCOMPARE(measured.table.networks.size(), std::size_t{10});
        QCOMPARE(measured.accuracy.networks, std::size_t{0});
    }

    void it_can_be_stopped() {
        MadeUpMachine machine(testing::rooflineSeconds);
        Control control;
        control.requestCancel();
        Profiler profiler(machine.prepare(), {}, steadyAnchor(), machine.clock());
        const MeasuringPlan plan = planFor(*space_, {});
        QVERIFY_THROWS_EXCEPTION(Cancelled, measureSpace(plan, profiler, control, {}, machine.clock()));
    }

    /// On this machine, for a moment: what comes out is whole, whatever the times are.
    void this_machine_is_measured() {
        MeasuringPlan plan = planFor(*space_, {.networks = 2, .limit = Seconds(0.05)});
        plan.blocks.resize(3);
        const SpaceMeasurement measured = measureHere(plan, control_, {});
        QVERIFY(measured.profiled >= 3 && measured.accuracy.networks == 2);
        QVERIFY(!measured.table.method.empty() && !measured.table.library.empty() &&
                !measured.table.at.empty());
#ifdef Q_OS_LINUX
        QVERIFY(measured.table.method.find("1 pinned thread") != std::string::npos);
#endif
        for (const BlockTime& block : measured.table.blocks)
            QVERIFY(block.time.value > 0 && block.low <= block.time && block.time <= block.high);
    }
};

QTEST_APPLESS_MAIN(TestMeasureSpace)
#include "test_measure_space.moc"
