// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/error.h"

#include <QtTest>

using namespace greenfront;

class TestCsv : public QObject {
    Q_OBJECT

private slots:
    void what_was_written_reads_back() {
        const std::vector<CsvRow> rows{
            {"plain", "", "with, comma", "with \"quotes\"", "two\nlines", " spaces "},
            {"\"", ",", "\r\n", "", "", "é"}};
        std::string text;
        for (const CsvRow& row : rows)
            text += csvLine(row);
        QVERIFY(parseCsv(text, "test") == rows);
    }

    void quotes_follow_rfc_4180() {
        QCOMPARE(csvLine(CsvRow{"a", "b,c", "d\"e", ""}), std::string("a,\"b,c\",\"d\"\"e\",\r\n"));
        QVERIFY((parseCsv("a,b\n\nc,\"d\"", "test") == std::vector<CsvRow>{{"a", "b"}, {"c", "d"}}));
        QVERIFY((parseCsv("\xEF\xBB\xBF"
                          "a\r\n",
                          "test") == std::vector<CsvRow>{{"a"}}));
        QVERIFY(parseCsv("", "test").empty());
    }

    void broken_quotes_and_endless_files_are_refused() {
        QVERIFY_THROWS_EXCEPTION(Error, parseCsv("a,\"b", "test"));
        QVERIFY_THROWS_EXCEPTION(Error, parseCsv("a,\"b\"c\n", "test"));
        QVERIFY_THROWS_EXCEPTION(Error, parseCsv("a,b\"c\n", "test"));
        QVERIFY_THROWS_EXCEPTION(Error, parseCsv("a\nb\nc\n", "test", 2));
    }
};

QTEST_APPLESS_MAIN(TestCsv)
#include "test_csv.moc"
