// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_command.h"

#include "core/base/error.h"
#include "core/study/tuning.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::study;

namespace {

using Words = std::vector<std::string>;

search::ParameterSpace space() {
    return search::parameterSpaceFromJson(Json::parse(R"({"parameters": [
        {"name": "lr", "type": "float", "low": 0, "high": 1},
        {"name": "layers", "type": "integer", "low": 1, "high": 4},
        {"name": "opt", "type": "categorical", "values": ["sgd", "a b"]},
        {"name": "momentum", "type": "float", "low": 0, "high": 1, "when": {"opt": ["sgd"]}}]})"));
}

} // namespace

class TestTrialCommand : public QObject {
    Q_OBJECT

private slots:
    void words_are_separated_as_on_a_command_line() {
        QCOMPARE(commandWords("./a.sh  --lr {lr}\t'b c' \"d 'e'\" f\\ g 'h\\i'\"j\" ''"),
                 (Words{"./a.sh", "--lr", "{lr}", "b c", "d 'e'", "f g", "h\\ij", ""}));
        for (const char* text : {"", "  ", "a 'b", "\"", "''"})
            QVERIFY_EXCEPTION_THROWN(commandWords(text), Error);
    }

    void placeholders_become_values_within_their_word() {
        const Json values{{"lr", 0.125}, {"layers", 3}, {"opt", "a b"}};
        QCOMPARE(commandOf({"run", "--lr={lr}", "{layers}x", "{opt}", "{momentum}", "{trial}"}, values,
                           space(), 7),
                 (Words{"run", "--lr=0.125", "3x", "a b", "", "7"}));
    }

    void braces_that_hold_no_name_stay() {
        QCOMPARE(commandOf({"{{lr}}", "{ print }", "{}", "{\"a\": 1}", "{{a b}}", "${HOME}",
                            "{\"b\": {\"c\": 1}}", "{1}", "{"},
                           Json::object(), space(), 0),
                 (Words{"{lr}", "{ print }", "{}", "{\"a\": 1}", "{{a b}}", "${HOME}", "{\"b\": {\"c\": 1}}",
                        "{1}", "{"}));
    }

    void a_name_that_is_no_parameter_is_refused() {
        checkCommand({"run", "{lr}", "{trial}", "{ x }"}, space());
        QVERIFY_EXCEPTION_THROWN(checkCommand({"run", "{lrr}"}, space()), Error);
        QVERIFY_EXCEPTION_THROWN(checkCommand({}, space()), Error);
    }

    void the_names_of_a_command_are_told_once_each() {
        QCOMPARE(placeholdersOf({"run", "--lr={lr}", "{width}x{lr}", "{{no}}", "${HOME}", "{trial}"}),
                 (Words{"lr", "width"}));
    }

    void variables_tell_the_same() {
        const auto variables = environmentOf({{"lr", 0.125}, {"my-opt.x", "a b"}, {"flag", true}}, 7);
        QCOMPARE(variables.at("GREENFRONT_TRIAL"), std::string("7"));
        QCOMPARE(variables.at("GREENFRONT_PARAM_LR"), std::string("0.125"));
        QCOMPARE(variables.at("GREENFRONT_PARAM_MY_OPT_X"), std::string("a b"));
        QCOMPARE(variables.at("GREENFRONT_PARAM_FLAG"), std::string("true"));
        QCOMPARE(Json::parse(variables.at("GREENFRONT_PARAMETERS")).at("lr").get<double>(), 0.125);
    }
};

QTEST_APPLESS_MAIN(TestTrialCommand)
#include "test_trial_command.moc"
