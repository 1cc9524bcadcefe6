// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/parameter_space.h"

#include "core/base/error.h"
#include "tests/core/search/random_space.h"

#include <QtTest>
#include <cmath>
#include <map>

using namespace greenfront;
using namespace greenfront::search;

namespace {

constexpr int draws = 40000;

ParameterSpace single(SpaceParameter parameter) {
    parameter.name = "x";
    return ParameterSpace({std::move(parameter)});
}

struct Moments {
    double mean = 0, deviation = 0, lowest = INFINITY, highest = -INFINITY;
};

/// Of what is drawn, after a function.
Moments drawn(
    const ParameterSpace& space, double (*of)(double) = [](double x) { return x; }) {
    Rng rng(7);
    Moments moments;
    double squares = 0;
    for (int i = 0; i < draws; ++i) {
        const double value = of(space.sample(rng).values[0]);
        moments.mean += value / draws;
        squares += value * value / draws;
        moments.lowest = std::min(moments.lowest, value);
        moments.highest = std::max(moments.highest, value);
    }
    moments.deviation = std::sqrt(squares - moments.mean * moments.mean);
    return moments;
}

std::map<double, double> shares(const ParameterSpace& space) {
    Rng rng(8);
    std::map<double, double> result;
    for (int i = 0; i < draws; ++i)
        result[space.sample(rng).values[0]] += 1.0 / draws;
    return result;
}

bool near(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

QString refusal(const char* json) {
    try {
        parameterSpaceFromJson(Json::parse(json));
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace

class TestParameterSpace : public QObject {
    Q_OBJECT

private slots:
    void aUniformFloatFillsItsBounds() {
        const Moments moments = drawn(single({.low = 2, .high = 6}));
        QVERIFY(near(moments.mean, 4, 0.03));
        QVERIFY(near(moments.deviation, 4 / std::sqrt(12.0), 0.02));
        QVERIFY(moments.lowest >= 2 && moments.lowest < 2.01 && moments.highest <= 6 &&
                moments.highest > 5.99);
    }

    void aLogFloatIsUniformInItsLogarithm() {
        const Moments moments = drawn(single({.distribution = Distribution::Log, .low = 1e-4, .high = 1}),
                                      [](double x) { return std::log10(x); });
        QVERIFY(near(moments.mean, -2, 0.03));
        QVERIFY(near(moments.deviation, 4 / std::sqrt(12.0), 0.02));
        QVERIFY(moments.lowest >= -4 && moments.highest <= 0);
    }

    void normalsHaveTheirMeanAndDeviation() {
        const Moments plain =
            drawn(single({.distribution = Distribution::Normal, .mean = 3, .deviation = 2}));
        QVERIFY(near(plain.mean, 3, 0.05) && near(plain.deviation, 2, 0.03));
        const Moments logarithm =
            drawn(single({.distribution = Distribution::LogNormal, .mean = -1, .deviation = 0.5}),
                  [](double x) { return std::log(x); });
        QVERIFY(near(logarithm.mean, -1, 0.02) && near(logarithm.deviation, 0.5, 0.01));
    }

    void theQuantileIsTheInverseOfTheDistribution() {
        QCOMPARE(normalQuantile(0.5), 0.0);
        QVERIFY(near(normalQuantile(0.975), 1.959963984540054, 1e-14));
        QVERIFY(near(normalQuantile(1e-10), -6.361340902404056, 1e-12));
        for (double share = 0.001; share < 1; share += 0.001)
            QVERIFY(near(normalShare(normalQuantile(share)), share, 1e-15));
    }

    void stepsCountFromTheLowerBoundAndAreEquallyLikely() {
        const auto found = shares(single({.low = 0.1, .high = 0.55, .step = 0.1}));
        QCOMPARE(found.size(), std::size_t(5));
        double expected = 0.1;
        for (const auto& [value, share] : found) {
            QVERIFY(near(value, expected, 1e-15));
            QVERIFY(near(share, 0.2, 0.01));
            expected += 0.1;
        }
        QVERIFY(found.contains(0.3)); // and not 0.1 + 2 * 0.1 = 0.30000000000000004
    }

    /// round(uniform(0, 1) / 0.5) * 0.5: the ends have half the room.
    void aQuantumRoundsWhatWasDrawn() {
        const auto found = shares(single({.low = 0, .high = 1, .quantum = 0.5}));
        QCOMPARE(found.size(), std::size_t(3));
        QVERIFY(near(found.at(0.0), 0.25, 0.01) && near(found.at(0.5), 0.5, 0.01) &&
                near(found.at(1.0), 0.25, 0.01));
    }

    void integersIncludeBothBounds() {
        const auto uniform = shares(single({.type = ParameterType::Integer, .low = -1, .high = 2}));
        QCOMPARE(uniform.size(), std::size_t(4));
        for (const auto& [value, share] : uniform)
            QVERIFY(near(share, 0.25, 0.01));
        const auto logarithmic = shares(
            single({.type = ParameterType::Integer, .distribution = Distribution::Log, .low = 1, .high = 8}));
        QCOMPARE(logarithmic.size(), std::size_t(8));
        QVERIFY(
            near(logarithmic.at(1), std::log(3.0) / std::log(17.0), 0.01)); // from 0.5 to 1.5 of 0.5 to 8.5
        const auto normal = shares(single({.type = ParameterType::Integer,
                                           .distribution = Distribution::Normal,
                                           .mean = 5,
                                           .deviation = 1}));
        QVERIFY(near(normal.at(5), 0.3829, 0.01));
    }

    /// Every value lies in the middle of the interval that stands for it.
    void theUnitCubeLeadsThereAndBack() {
        Rng rng(1);
        for (int i = 0; i < 300; ++i) {
            const ParameterSpace space = testing::randomSpace(rng);
            const Assignment assignment = space.sample(rng);
            QVERIFY2(!space.fault(assignment), space.fault(assignment).value_or("").c_str());
            const auto unit = space.toUnit(assignment);
            const Assignment back = space.fromUnit(unit);
            for (std::size_t p = 0; p < space.size(); ++p) {
                QCOMPARE(std::isnan(back.values[p]), std::isnan(assignment.values[p]));
                if (std::isnan(back.values[p]))
                    continue;
                QVERIFY(unit[p] >= 0 && unit[p] <= 1);
                const double room = space.widthOf(p, assignment.values[p]);
                QVERIFY(room == 0 ? near(space.unitOf(p, back.values[p]), unit[p], 1e-9)
                                  : room < 1e-12 || back.values[p] == assignment.values[p]);
            }
            QVERIFY(space.assignment(space.named(assignment)) == assignment);
        }
    }

    void aSpaceIsReadBackFromItsJson() {
        Rng rng(2);
        for (int i = 0; i < 100; ++i) {
            const ParameterSpace space = testing::randomSpace(rng);
            const ParameterSpace back = parameterSpaceFromJson(Json::parse(space.toJson().dump()));
            QCOMPARE(back.toJson().dump(), space.toJson().dump());
            QCOMPARE(back.identity(), space.identity());
            QVERIFY(back.sample(rng).values.size() == space.size());
            back.requireSame(space.toJson());
        }
    }

    void howItWasWrittenDoesNotChangeItsIdentity() {
        const auto one = parameterSpaceFromJson(
            Json::parse(R"({"parameters": [{"name": "a", "type": "float", "low": 1.0, "high": 20}]})"));
        const auto other = parameterSpaceFromJson(Json::parse(
            R"({"parameters": {"a": {"high": 2e1, "low": 1, "distribution": "uniform", "step": 0}}})"));
        QCOMPARE(one.identity(), other.identity());
    }

    void aChangedSpaceIsNotResumed() {
        const auto before = parameterSpaceFromJson(Json::parse(
            R"({"parameters": [{"name": "a", "low": 0, "high": 1}, {"name": "b", "low": 0, "high": 1}]})"));
        const auto now = parameterSpaceFromJson(Json::parse(
            R"({"parameters": [{"name": "a", "low": 0, "high": 1}, {"name": "b", "low": 0, "high": 2}]})"));
        try {
            now.requireSame(before.toJson());
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY(QString(error.what()).contains("its search space changed: b"));
        }
    }

    void conditionsDecideWhatIsActive() {
        const auto space = parameterSpaceFromJson(Json::parse(R"({"parameters": [
            {"name": "momentum", "low": 0, "high": 1, "when": {"optimiser": "sgd"}},
            {"name": "optimiser", "type": "categorical", "values": ["sgd", "adam"]},
            {"name": "layers", "type": "integer", "low": 1, "high": 3},
            {"name": "nesterov", "type": "categorical", "values": [true, false], "when": {"momentum": {"minimum": 0.5}}},
            {"name": "width2", "type": "ordinal", "values": [16, 32], "when": {"layers": [2, 3], "optimiser": ["sgd"]}}]})"));
        const auto fits = [&space](const char* values) {
            try {
                space.assignment(Json::parse(values));
                return true;
            } catch (const Error&) {
                return false;
            }
        };
        QVERIFY(fits(R"({"optimiser": "adam", "layers": 3})"));
        QVERIFY(fits(R"({"optimiser": "sgd", "layers": 1, "momentum": 0.25})"));
        QVERIFY(
            fits(R"({"optimiser": "sgd", "layers": 2, "momentum": 0.5, "nesterov": true, "width2": 32})"));
        QVERIFY(!fits(R"({"optimiser": "adam", "layers": 3, "momentum": 0.5})"));
        QVERIFY(!fits(R"({"optimiser": "sgd", "layers": 1})"));
        QVERIFY(!fits(R"({"optimiser": "sgd", "layers": 1, "momentum": 0.75})"));
        QVERIFY(!fits(R"({"optimiser": "adam", "layers": 2.5})"));
        QVERIFY(!fits(R"({"optimiser": "lion", "layers": 2})"));
        QVERIFY(!fits(R"({"optimiser": "adam", "layers": 2, "depth": 2})"));
        QCOMPARE(space.cardinality(), double(INFINITY));
    }

    void whatCannotBeSearchedIsRefused_data() {
        QTest::addColumn<QString>("parameters");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* parameters, const char* reason) {
            QTest::addRow("%s", name) << QString(parameters) << QString(reason);
        };
        row("reversed", R"({"name": "a", "low": 2, "high": 1})", "bounds are reversed");
        row("log of zero", R"({"name": "a", "low": 0, "high": 1, "distribution": "log"})",
            "logarithm of its lower bound, 0,");
        row("one value", R"({"name": "a", "type": "categorical", "values": ["x"]})", "nothing to choose");
        row("equal bounds", R"({"name": "a", "low": 1, "high": 1})", "nothing to choose");
        row("wide step", R"({"name": "a", "low": 0, "high": 1, "step": 2})", "nothing to choose");
        row("tiny step", R"({"name": "a", "low": 0, "high": 1, "step": 1e-300})", "too small");
        row("twice a value", R"({"name": "a", "type": "ordinal", "values": [1, 1]})", "stands twice");
        row("a list inside", R"({"name": "a", "type": "ordinal", "values": [1, [2]]})", "no text, number");
        row("twice a name", R"({"name": "a", "low": 0, "high": 1}, {"name": "a", "low": 0, "high": 1})",
            "two of that name");
        row("no name", R"({"low": 0, "high": 1})", "name is empty");
        row("itself", R"({"name": "a", "low": 0, "high": 1, "when": {"a": {"minimum": 0.5}}})",
            "depends on itself");
        row("circle", R"({"name": "a", "low": 0, "high": 1, "when": {"b": {"minimum": 0.5}}},
                         {"name": "b", "low": 0, "high": 1, "when": {"a": {"minimum": 0.5}}})",
            "lead in a circle");
        row("unknown parent", R"({"name": "a", "low": 0, "high": 1, "when": {"b": 1}})", "does not exist");
        row("unknown value", R"({"name": "a", "low": 0, "high": 1, "when": {"b": 3}},
                                {"name": "b", "type": "categorical", "values": [1, 2]})",
            "does not have");
        row("no bound", R"({"name": "a", "low": 0})", "'high' is missing");
        row("half an integer", R"({"name": "a", "type": "integer", "low": 0.5, "high": 2})", "whole number");
        row("unknown key", R"({"name": "a", "low": 0, "high": 1, "hihg": 2})", "no parameter 'hihg'");
        row("unknown type", R"({"name": "a", "type": "complex", "low": 0, "high": 1})",
            "one of float, integer");
        row("deviation 0", R"({"name": "a", "distribution": "normal", "mean": 0, "deviation": 0})",
            "above 0");
        row("infinite", R"({"name": "a", "distribution": "log-normal", "mean": 900, "deviation": 1})",
            "too large");
        row("text bound", R"({"name": "a", "low": "0", "high": 1})", "'low' is");
    }
    void whatCannotBeSearchedIsRefused() {
        QFETCH(QString, parameters);
        QFETCH(QString, reason);
        const QString said = refusal(("{\"parameters\": [" + parameters + "]}").toUtf8().constData());
        QVERIFY2(said.contains(reason), qPrintable(said));
    }

    void notANumberIsRefused() {
        for (const SpaceParameter& parameter :
             {SpaceParameter{.name = "a", .low = NAN}, SpaceParameter{.name = "a", .high = NAN},
              SpaceParameter{.name = "a", .step = NAN},
              SpaceParameter{.name = "a", .distribution = Distribution::Normal, .mean = NAN},
              SpaceParameter{.name = "a", .high = INFINITY}})
            QVERIFY_THROWS_EXCEPTION(Error, ParameterSpace({parameter}));
        const ParameterSpace space = single({});
        QVERIFY(space.fault({{NAN}}));
        QVERIFY(space.fault({{INFINITY}}));
        QVERIFY(!space.fault({{0.5}}));
    }
};

QTEST_APPLESS_MAIN(TestParameterSpace)
#include "test_parameter_space.moc"
