// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/programs.h"

#include <QtTest>
#include <map>

using namespace greenfront;

namespace {

struct Whole {
    std::string output, errors;
    ProgramEnd end;
};

/// Waits until all have ended, for ten seconds at most.
std::map<std::uint64_t, Whole> rest(Programs& programs) {
    std::map<std::uint64_t, Whole> all;
    QElapsedTimer timer;
    timer.start();
    while (programs.running() > 0 && timer.elapsed() < 10'000)
        for (Programs::Event& event : programs.wait(Seconds(0.5))) {
            Whole& whole = all[event.id];
            whole.output += event.output;
            whole.errors += event.errors;
            if (event.ended)
                whole.end = *event.ended;
        }
    return all;
}

std::vector<std::string> shell(const std::string& script) {
    return {"sh", "-c", script};
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT

private slots:
    void what_they_write_and_how_they_end_is_told() {
        Programs programs;
        programs.start(1, shell("echo out; echo err >&2; exit 3"), {});
        programs.start(2, shell("printf '%s' \"$SOME\"; kill -TERM $$"), {{"SOME", "a b"}});
        const auto all = rest(programs);
        QCOMPARE(all.at(1).output, std::string("out\n"));
        QCOMPARE(all.at(1).errors, std::string("err\n"));
        QCOMPARE(all.at(1).end.status, 3);
        QCOMPARE(all.at(2).output, std::string("a b"));
        QCOMPARE(all.at(2).end.signal, 15);
    }

    void arguments_reach_them_as_they_are() {
        Programs programs;
        programs.start(1, {"printf", "%s|", "a b", "$HOME", "", "\"'"}, {});
        QCOMPARE(rest(programs).at(1).output, std::string("a b|$HOME||\"'|"));
    }

    void standard_input_is_empty() {
        Programs programs;
        programs.start(1, {"cat"}, {});
        QCOMPARE(rest(programs).at(1).end.status, 0);
    }

    void all_that_is_written_arrives_however_much() {
        Programs programs;
        programs.start(1, shell("head -c 3000000 /dev/zero; exit 1"), {});
        const auto all = rest(programs);
        QCOMPARE(all.at(1).output.size(), std::size_t(3'000'000));
        QCOMPARE(all.at(1).end.status, 1);
    }

    void a_program_that_is_not_there_is_an_error() {
        Programs programs;
        QVERIFY_EXCEPTION_THROWN(programs.start(1, {"/no/such/program"}, {}), Error);
        QCOMPARE(programs.running(), std::size_t(0));
    }

    void stopping_ends_children_too_also_those_that_do_not_listen() {
        Programs programs;
        programs.start(1, shell("trap '' TERM; (trap '' TERM; sleep 30) & sleep 30; sleep 30"), {});
        QVERIFY(programs.wait(Seconds(0.3)).empty());
        QElapsedTimer timer;
        timer.start();
        programs.stop(1, Seconds(0.3));
        const auto all = rest(programs);
        QCOMPARE(all.at(1).end.signal, 9);
        QVERIFY(timer.elapsed() < 5000);
    }

    void a_child_that_is_left_behind_does_not_keep_the_program_alive() {
        Programs programs;
        QElapsedTimer timer;
        timer.start();
        programs.start(1, shell("sleep 30 & echo done"), {});
        QCOMPARE(rest(programs).at(1).output, std::string("done\n"));
        QVERIFY(timer.elapsed() < 5000);
    }

    void processor_time_is_counted_where_the_system_tells() {
        Programs programs;
        programs.start(1, shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done"), {});
        programs.start(2, {"sleep", "0.2"}, {});
        const auto all = rest(programs);
        QVERIFY(all.at(1).end.processorTime && all.at(2).end.processorTime);
        QVERIFY(all.at(1).end.processorTime->value > 10 * all.at(2).end.processorTime->value);
    }

    void none_outlives_its_owner() {
        {
            Programs programs;
            programs.start(1, {"sleep", "7.25"}, {});
        }
        Programs programs;
        programs.start(1, shell("ps -o args= -A | grep -c '^sleep 7.25' || true"), {});
        QCOMPARE(rest(programs).at(1).output, std::string("0\n"));
    }
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "test_programs.moc"
