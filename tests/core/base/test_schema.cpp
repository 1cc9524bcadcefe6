// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/schema.h"

#include "core/base/error.h"

#include <QtTest>

using namespace greenfront;

class TestSchema : public QObject {
    Q_OBJECT

private:
    const Schema schema_{
        {.key = "epochs",
         .title = "",
         .help = "",
         .kind = ParameterKind::Integer,
         .defaultValue = 5,
         .minimum = 1,
         .maximum = 10},
        {.key = "rate",
         .title = "",
         .help = "",
         .kind = ParameterKind::Real,
         .defaultValue = 0.5,
         .minimum = 0},
        {.key = "method",
         .title = "",
         .help = "",
         .kind = ParameterKind::Choice,
         .defaultValue = "a",
         .choices = {"a", "b"}},
        {.key = "on", .title = "", .help = "", .kind = ParameterKind::Flag, .defaultValue = true}};

    QString refusal(const Json& values) const {
        try {
            checked(schema_, values, "study");
        } catch (const Error& error) {
            return QString::fromStdString(error.what());
        }
        return {};
    }

private slots:
    void fills_in_what_is_missing() {
        const Json values = checked(schema_, {{"epochs", 7}}, "study");
        QCOMPARE(values.at("epochs").get<int>(), 7);
        QCOMPARE(values.at("rate").get<double>(), 0.5);
        QCOMPARE(values.at("method").get<std::string>(), std::string("a"));
    }

    void refuses_what_does_not_fit_and_says_what_would() {
        QVERIFY(refusal({{"epochs", 0}}).contains("a whole number of at least 1 and at most 10"));
        QVERIFY(refusal({{"epochs", 1.5}}).contains("epochs"));
        QVERIFY(refusal({{"method", "c"}}).contains("one of a, b"));
        QVERIFY(refusal({{"on", 1}}).contains("true or false"));
        QVERIFY(refusal({{"rate", -1}}).contains("rate"));
        QVERIFY(refusal({{"epoch", 3}}).contains("no parameter 'epoch'"));
        QVERIFY(refusal(Json::array()).contains("not a JSON object"));
    }

    void reads_values_from_the_command_line() {
        QCOMPARE(parseValue(schema_[0], "3").get<int>(), 3);
        QCOMPARE(parseValue(schema_[1], "1e-3").get<double>(), 1e-3);
        QCOMPARE(parseValue(schema_[2], "b").get<std::string>(), std::string("b"));
        QCOMPARE(parseValue(schema_[3], "false").get<bool>(), false);
        QVERIFY_THROWS_EXCEPTION(Error, parseValue(schema_[0], "three"));
        QVERIFY_THROWS_EXCEPTION(Error, parseValue(schema_[0], "11"));
        QVERIFY_THROWS_EXCEPTION(Error, parseValue(schema_[1], "nan"));
    }
};

QTEST_APPLESS_MAIN(TestSchema)
#include "test_schema.moc"
