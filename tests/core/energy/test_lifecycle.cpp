// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/energy/lifecycle.h"
#include "core/energy/sci.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::energy;

namespace {

bool near(GramsCO2e a, double b) {
    return std::abs(a.value - b) <= 1e-12 * std::max(1.0, std::abs(b));
}

constexpr CarbonRange exactly(double grams) {
    return {GramsCO2e(grams), GramsCO2e(grams), GramsCO2e(grams)};
}

/// 1,000 inferences a day of 3.6 J each for 100 days are 0.1 kWh; at 500 g/kWh 50 g.
LifecycleInput sample() {
    LifecycleInput input;
    input.making = {GramsCO2e(80), GramsCO2e(100), GramsCO2e(130)};
    input.deployed = 10;
    input.exporting = exactly(20);
    input.perInference = {Joules(1.8), Joules(3.6), Joules(7.2)};
    input.inferencesPerDay = 1000;
    input.days = 100;
    input.intensity = GramsPerKwh(500);
    input.latency = Seconds(0.1);
    return input;
}

} // namespace

class TestLifecycle : public QObject {
    Q_OBJECT

private slots:
    void classes_have_bounds_lifetimes_and_sources() {
        QVERIFY(deviceClasses().size() >= 6);
        for (const DeviceClass& each : deviceClasses()) {
            QVERIFY(each.embodied.low.value > 0 && each.embodied.low < each.embodied.value &&
                    each.embodied.value < each.embodied.high);
            QVERIFY(each.years >= 1 && each.years <= 10);
            QVERIFY(!each.title.empty() && !each.source.empty());
        }
        QVERIFY_THROWS_EXCEPTION(Error, deviceClass("toaster"));
    }

    /// The table is in kilograms and the program in grams.
    void a_server_is_tonnes_and_no_kilograms() {
        QCOMPARE(deviceClass("server").embodied.low.value, 1000e3);
        QCOMPARE(deviceClass("server").embodied.high.value, 3660e3);
        QCOMPARE(deviceClass("phone").embodied.low.value, 53e3);
        QCOMPARE(deviceClass("iot").embodied.low.value, 300.0);
    }

    /// The example of the specification: 1,000 kg, four years, one hour is about 28 g.
    void embodied_carbon_is_shared_by_time_and_resources() {
        const auto hour = embodiedShare(exactly(1000e3), Seconds(3600), oneYear * 4.0, 1.0);
        QVERIFY(std::abs(hour.value.value - 28.5) < 0.1);
        QVERIFY(near(embodiedShare(exactly(1000e3), oneYear * 4.0, oneYear * 4.0, 1.0).value, 1000e3));
        QVERIFY(near(embodiedShare(exactly(8), Seconds(1), Seconds(2), 0.125).value, 0.5));
        QVERIFY_THROWS_EXCEPTION(Error, embodiedShare(exactly(1), Seconds(1), Seconds(0), 1));
        QVERIFY_THROWS_EXCEPTION(Error, embodiedShare(exactly(1), Seconds(-1), Seconds(1), 1));
        QVERIFY_THROWS_EXCEPTION(Error, embodiedShare(exactly(1), Seconds(1), Seconds(1), 1.1));
    }

    void a_lifecycle_is_the_sum_of_its_parts() {
        const Lifecycle life = lifecycleOf(sample());
        QVERIFY(near(life.making.value, 10));
        QVERIFY(near(life.exporting.value, 2));
        QVERIFY(near(life.use.value, 50));
        QVERIFY(!life.embodiedKnown);
        QVERIFY(near(life.embodied.value, 0));
        QVERIFY(near(life.total().value, 62));
        QVERIFY(near(life.total().low, 8 + 2 + 25));
        QVERIFY(near(life.total().high, 13 + 2 + 100));
    }

    void pue_raises_what_is_used_and_nothing_else() {
        LifecycleInput input = sample();
        input.pue = 1.5;
        QVERIFY(near(lifecycleOf(input).use.value, 75));
        QVERIFY(near(lifecycleOf(input).making.value, 10));
    }

    void the_device_counts_while_it_computes_or_while_it_is_reserved() {
        LifecycleInput input = sample();
        input.device = DeviceClass{"d", "D", exactly(1000), 2, "test"};
        // 100,000 inferences of 0.1 s are 10,000 s of two years.
        QVERIFY(near(lifecycleOf(input).embodied.value, 1000 * 10000 / (2 * oneYear.value)));
        input.resourceShare = 0.5;
        QVERIFY(near(lifecycleOf(input).embodied.value, 500 * 10000 / (2 * oneYear.value)));
        input.deviceShare = 1;
        QVERIFY(near(lifecycleOf(input).embodied.value, 1000 * 100.0 / 730.0));
        QVERIFY(lifecycleOf(input).embodiedKnown);
    }

    void impossible_assumptions_are_refused() {
        const auto refuses = [](auto change) {
            LifecycleInput input = sample();
            change(input);
            QVERIFY_THROWS_EXCEPTION(Error, lifecycleOf(input));
        };
        refuses([](LifecycleInput& i) { i.deployed = 0; });
        refuses([](LifecycleInput& i) { i.inferencesPerDay = -1; });
        refuses([](LifecycleInput& i) { i.days = -1; });
        refuses([](LifecycleInput& i) { i.intensity = GramsPerKwh(-5); });
        refuses([](LifecycleInput& i) { i.perInference.low = Joules(9); });
        refuses([](LifecycleInput& i) { i.pue = 0.5; });
        refuses([](LifecycleInput& i) { i.deviceShare = 2; });
        refuses([](LifecycleInput& i) { i.inferencesPerDay = 1e6; }); // of 0.1 s each
    }

    void the_break_even_is_where_the_lines_cross() {
        const CarbonLine dear{GramsCO2e(110), GramsCO2e(0.1)};
        const CarbonLine cheap{GramsCO2e(10), GramsCO2e(0.3)};
        QCOMPARE(*breakEven(dear, cheap), 500.0);
        QCOMPARE(*breakEven(cheap, dear), 500.0);
        const double n = *breakEven(dear, cheap);
        QCOMPARE(dear.fixed.value + n * dear.perInference.value,
                 cheap.fixed.value + n * cheap.perInference.value);
        QVERIFY(!breakEven({GramsCO2e(110), GramsCO2e(0.3)}, cheap));
        QVERIFY(!breakEven({GramsCO2e(110), GramsCO2e(0.4)}, cheap));
        QCOMPARE(*breakEven({GramsCO2e(10), GramsCO2e(0.4)}, cheap), 0.0);
    }

    void a_line_is_the_lifecycle_of_all_devices() {
        LifecycleInput input = sample();
        input.device = DeviceClass{"d", "D", exactly(1000), 2, "test"};
        const CarbonLine line = lineOf(input);
        const double inferences = input.inferencesPerDay * input.days * input.deployed;
        QVERIFY(near(GramsCO2e(line.fixed.value + inferences * line.perInference.value),
                     lifecycleOf(input).total().value.value * input.deployed));
    }

    /// 2 kWh at 400 g/kWh and a PUE of 1.25 are 1,000 g, and M = 3.65 kg over a year, of which a day, is 10
    /// g.
    void an_sci_score_is_operational_and_embodied_per_unit() {
        SciInput input;
        input.unit = FunctionalUnit::TrainingRun;
        input.energy = {Joules(3.6e6), Joules(7.2e6), Joules(10.8e6)};
        input.energyMethod = "RAPL";
        input.grid = fixedGrid(GramsPerKwh(400), "test");
        input.pue = 1.25;
        input.device = DeviceClass{"d", "D", exactly(3650), 1, "test"};
        input.reserved = Seconds(86400);
        input.boundary = "training";
        const SciScore score = sciOf(input);
        QVERIFY(near(score.operational.value, 1000));
        QVERIFY(near(score.embodied.value, 10));
        QVERIFY(near(score.score.value, 1010));
        QVERIFY(near(score.score.low, 510));
        QVERIFY(score.complete);
    }

    void every_disclosure_is_made_and_a_missing_m_is_told() {
        SciInput input;
        input.grid = gridOf("DEU");
        input.boundary = "one inference";
        const SciScore score = sciOf(input);
        QVERIFY(!score.complete);
        QStringList titles;
        for (const auto& [title, text] : score.disclosures) {
            titles << QString::fromStdString(title);
            QVERIFY2(!text.empty() || title == "Energy (E)", title.c_str());
            if (title == "Embodied emissions (M)")
                QVERIFY(text.starts_with("not included"));
            if (title == "Year of the intensity")
                QCOMPARE(text, std::string("2023"));
            if (title == "Kind of intensity")
                QVERIFY(text.find("location-based") != std::string::npos &&
                        text.find("annual") != std::string::npos);
        }
        for (const char* wanted :
             {"Score", "Software boundary", "Functional unit (R)", "Quantification method", "Energy (E)",
              "Carbon intensity (I)", "Embodied emissions (M)"})
            QVERIFY2(titles.contains(wanted), wanted);
    }

    void functional_units_have_names() {
        for (const FunctionalUnit unit :
             {FunctionalUnit::Inference, FunctionalUnit::ThousandInferences, FunctionalUnit::TrainingRun})
            QVERIFY(functionalUnitFrom(toText(unit)) == unit);
        QVERIFY_THROWS_EXCEPTION(Error, functionalUnitFrom("epoch"));
    }
};

QTEST_APPLESS_MAIN(TestLifecycle)
#include "test_lifecycle.moc"
