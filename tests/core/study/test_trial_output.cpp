// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_output.h"

#include <QtTest>
#include <cmath>

using namespace greenfront;
using namespace greenfront::study;

class TestTrialOutput : public QObject {
    Q_OBJECT

private slots:
    void a_line_of_json_tells_metrics() {
        const auto told = toldIn(R"( {"step": 3, "loss": 0.41, "note": "x", "more": {"a": 1}} )");
        QVERIFY(told);
        QCOMPARE(*told->step, 3);
        QCOMPARE(told->metrics, (std::map<std::string, double>{{"loss", 0.41}}));
    }

    void what_json_has_no_number_for_reads_as_none() {
        for (const char* line : {R"({"loss": NaN})", R"({"loss": -Infinity, "a": "NaN"})", R"({"loss":inf})",
                                 R"({"loss": null})"}) {
            const auto told = toldIn(line);
            QVERIFY2(told && std::isnan(told->metrics.at("loss")), line);
        }
    }

    void anything_else_tells_nothing() {
        for (const char* line : {"", "loss=1", "{", "{}", R"({"note": "x"})", R"([{"loss": 1}])",
                                 R"({"loss": 1e999})", R"({"loss": 1)", R"({"loss": "1"})"})
            QVERIFY2(!toldIn(line), line);
        QVERIFY(!toldIn("{\"a\":" + std::string(30'000, '[')));
    }

    void lines_are_put_together_from_pieces() {
        TrialOutput output;
        QVERIFY(output.read("{\"loss\"").empty());
        QCOMPARE(output.read(": 1}\n{\"loss\": 2}\r\n{\"lo").size(), std::size_t(2));
        QVERIFY(output.read("ss\": 3}").empty());
        QCOMPARE(output.finish()->metrics.at("loss"), 3.0);
        QVERIFY(!output.finish());
    }

    void a_line_that_is_too_long_tells_nothing_and_the_next_one_does() {
        TrialOutput output;
        QVERIFY(output.read("{\"loss\": 1, \"x\": \"" + std::string(100'000, 'x')).empty());
        QVERIFY(output.read("\"}").empty());
        QCOMPARE(output.read("\n{\"loss\": 2}\n").front().metrics.at("loss"), 2.0);
    }

    void the_log_keeps_the_beginning_and_the_end() {
        TrialOutput output;
        output.read("first\n");
        for (int i = 0; i < 100; ++i)
            output.readErrors(std::string(10'000, 'x'));
        output.read("last\n");
        const std::string log = output.log();
        QVERIFY(log.starts_with("first\n") && log.ends_with("last\n"));
        QVERIFY(log.find("bytes are left out here") != std::string::npos);
        QVERIFY(log.size() < 300'000);
    }

    void a_short_log_is_kept_whole() {
        TrialOutput output;
        output.read("one\n");
        output.readErrors("two\n");
        QCOMPARE(output.log(), std::string("one\ntwo\n"));
    }
};

QTEST_APPLESS_MAIN(TestTrialOutput)
#include "test_trial_output.moc"
