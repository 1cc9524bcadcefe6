// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/azure_space.h"

#include "core/base/error.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::search;

namespace {

/// As the space's own JSON, without the name.
Json read(const Json& expression) {
    Json json = ParameterSpace({azureParameter("x", expression)}).toJson()["parameters"][0];
    json.erase("name");
    return json;
}

} // namespace

class TestAzureSpace : public QObject {
    Q_OBJECT

private slots:
    void bothFormsMeanTheSame_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("own");
        const auto row = [](const char* json, const char* text, const char* own) {
            QTest::addRow("%s", text) << QString(json) << QString(text) << QString(own);
        };
        row(R"({"type": "choice", "values": ["adam", "sgd"]})", "choice('adam', \"sgd\")",
            R"({"type": "categorical", "values": ["adam", "sgd"]})");
        row(R"({"type": "choice", "values": [16, 32, 64]})", "Choice(values=[16,32,64])",
            R"({"type": "ordinal", "values": [16, 32, 64]})");
        row(R"({"type": "choice", "values": [32, 16]})", "choice([32, 16])",
            R"({"type": "categorical", "values": [32, 16]})");
        row(R"({"type": "choice", "values": [true, false, null]})", "choice(True, False, None)",
            R"({"type": "categorical", "values": [true, false, null]})");
        row(R"({"type": "choice", "values": [1, 2, 3]})", "choice(range(1, 4))",
            R"({"type": "ordinal", "values": [1, 2, 3]})");
        row("{\"type\": \"choice\", \"values\": [\"a,b\", \"c)\"]}", "choice('a,b','c)')",
            "{\"type\": \"categorical\", \"values\": [\"a,b\", \"c)\"]}");
        row(R"({"type": "randint", "upper": 10})", "randint(10)",
            R"({"type": "integer", "distribution": "uniform", "low": 0, "high": 9})");
        row(R"({"type": "uniform", "min_value": 0.1, "max_value": 0.9})",
            "uniform(min_value=0.1,max_value=0.9)",
            R"({"type": "float", "distribution": "uniform", "low": 0.1, "high": 0.9})");
        row(R"({"type": "quniform", "min_value": 1, "max_value": 9, "q": 2})", "quniform(1, 9, 2)",
            R"({"type": "float", "distribution": "uniform", "low": 1, "high": 9, "quantum": 2})");
        row(R"({"type": "loguniform", "min_value": 0, "max_value": 0.6931471805599453})",
            "LogUniform(min_value=0, max_value=0.6931471805599453)",
            R"({"type": "float", "distribution": "log", "low": 1, "high": 2})");
        row(R"({"type": "qloguniform", "min_value": 0, "max_value": 0.6931471805599453, "q": 0.25})",
            "qloguniform(0, 0.6931471805599453, q=0.25)",
            R"({"type": "float", "distribution": "log", "low": 1, "high": 2, "quantum": 0.25})");
        row(R"({"type": "normal", "mu": 10, "sigma": 3})", "normal(10, 3)",
            R"({"type": "float", "distribution": "normal", "mean": 10, "deviation": 3})");
        row(R"({"type": "qnormal", "mu": 10, "sigma": 3, "q": 1})", "QNormal(mu=10, sigma=3, q=1)",
            R"({"type": "float", "distribution": "normal", "mean": 10, "deviation": 3, "quantum": 1})");
        row(R"({"type": "lognormal", "mu": -1, "sigma": 0.5})", " lognormal( -1 , 5e-1 ) ",
            R"({"type": "float", "distribution": "log-normal", "mean": -1, "deviation": 0.5})");
        row(R"({"type": "qlognormal", "mu": 1, "sigma": 0.5, "q": 2})", "qlognormal(mu=1,sigma=0.5,q=2)",
            R"({"type": "float", "distribution": "log-normal", "mean": 1, "deviation": 0.5, "quantum": 2})");
    }
    void bothFormsMeanTheSame() {
        QFETCH(QString, json);
        QFETCH(QString, text);
        QFETCH(QString, own);
        const Json expected = Json::parse(own.toStdString());
        QCOMPARE(read(Json::parse(json.toStdString())).dump(), expected.dump());
        QCOMPARE(read(text.toStdString()).dump(), expected.dump());
    }

    /// round(x / q) * q of what is drawn, which may lie beyond the bounds.
    void quantisedValuesAreMultiples() {
        const ParameterSpace space({azureParameter("x", "quniform(1, 10, 4)")});
        Rng rng(3);
        std::map<double, int> found;
        for (int i = 0; i < 9000; ++i)
            ++found[space.sample(rng).values[0]];
        QCOMPARE(found.size(), std::size_t(3)); // 0 from 1 to 2, 4 from there to 6, 8 from there on
        QVERIFY(std::abs(found[0] - 1000) < 120 && std::abs(found[4] - 4000) < 200 &&
                std::abs(found[8] - 4000) < 200);
    }

    void aSweepsSpaceIsReadWhole() {
        const auto space =
            readParameterSpace(Json::parse("{\"search_space\": {\"lr\": \"loguniform(-9, -2)\", \"batch\": "
                                           "{\"type\": \"choice\", \"values\": [16, 32]}}}"));
        QCOMPARE(space.size(), std::size_t(2));
        QCOMPARE(space[0].name, std::string("batch"));
        QCOMPARE(space[1].low, std::exp(-9.0));
    }

    void bothKindsStandSideBySide() {
        const auto space = readParameterSpace(Json::parse(R"({"parameters": [
            {"name": "lr", "type": "float", "low": 0.1, "high": 1, "distribution": "log"},
            {"name": "drop", "type": "quniform", "min_value": 0, "max_value": 1, "q": 0.1}]})"));
        QCOMPARE(space[0].name, std::string("lr"));
        QCOMPARE(space[1].quantum, 0.1);
    }

    void whatIsNotUnderstoodIsRefused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* text, const char* reason) {
            QTest::addRow("%s", text) << QString(text) << QString(reason);
        };
        row("uniform(1, 0)", "reversed");
        row("loguniform(0, 1000)", "exponents");
        row("uniform(0)", "'max_value' is not a number");
        row("uniform(0, 1, 2)", "too many arguments");
        row("uniform(0, NaN)", "is no value");
        row("uniform(0, max_value=1, max_value=2)", "given twice");
        row("uniform(0, 1", "not of the form");
        row("uniform((0, 1)", "not closed");
        row("cauchy(0, 1)", "no distribution 'cauchy'");
        row("choice(1)", "nothing to choose");
        row("choice()", "not a list");
        row("choice(adam, sgd)", "is no value");
        row("quniform(0, 1, 0)", "q is not above 0");
        row("qnormal(0, 1)", "'q' is not a number");
        row("normal(0, sigma=1, tau=1)", "'tau' is no argument");
        row("randint(1)", "nothing to choose");
        row("choice(range(1000000000))", "more than 100,000 values");
        row("uniform", "not of the form");
    }
    void whatIsNotUnderstoodIsRefused() {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        try {
            read(text.toStdString());
            QFAIL("not refused");
        } catch (const Error& error) {
            QVERIFY2(QString(error.what()).contains(reason), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(TestAzureSpace)
#include "test_azure_space.moc"
