// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/command_line.h"
#include "core/base/error.h"

#include <QtTest>

using namespace greenfront;

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    // After the examples in Microsoft's "Parsing C command-line arguments".
    void arguments_are_quoted_only_where_they_need_it() {
        QCOMPARE(windowsCommandLine({"python", "train.py", "--lr=0.1", "C:\\data\\"}),
                 std::string("\"python\" train.py --lr=0.1 C:\\data\\"));
        QCOMPARE(windowsCommandLine({"C:\\Program Files\\p.exe", "a b c", "", "tab\there"}),
                 std::string("\"C:\\Program Files\\p.exe\" \"a b c\" \"\" \"tab\there\""));
    }

    void quotes_and_the_backslashes_before_them_are_escaped() {
        QCOMPARE(windowsCommandLine({"p", "ab\"c"}), std::string("\"p\" \"ab\\\"c\""));
        QCOMPARE(windowsCommandLine({"p", "a\\\"b"}), std::string("\"p\" \"a\\\\\\\"b\""));
        QCOMPARE(windowsCommandLine({"p", "a\\\\b c"}), std::string("\"p\" \"a\\\\b c\""));
        QCOMPARE(windowsCommandLine({"p", "a b\\"}), std::string("\"p\" \"a b\\\\\""));
    }

    void batch_files_get_no_argument_that_could_become_a_command() {
        QCOMPARE(windowsCommandLine({"run.cmd", "a&calc"}), std::string("\"run.cmd\" \"a&calc\""));
        for (const auto* program : {"run.bat", "RUN.CMD", "run.bat. ."})
            for (const auto* argument : {"\"&calc", "%PATH%", "a\nb", "a\rb"})
                QVERIFY_EXCEPTION_THROWN(windowsCommandLine({program, argument}), Error);
    }

    void a_program_needs_a_name() {
        QVERIFY_EXCEPTION_THROWN(windowsCommandLine({""}), Error);
        QVERIFY_EXCEPTION_THROWN(windowsCommandLine({"a\"b"}), Error);
    }
};

QTEST_APPLESS_MAIN(TestCommandLine)
#include "test_command_line.moc"
