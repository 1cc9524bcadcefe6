// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/file.h"
#include "program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

namespace {

/// All of a in 0..3 and b in u, v, w but one: what is good in the one objective is bad in the other.
std::string table() {
    std::string text = "id,a,b,acc,lat\n";
    for (int a = 0; a < 4; ++a)
        for (const char* b : {"u", "v", "w"}) {
            if (a == 2 && *b == 'v')
                continue;
            const int extra = *b - 'u';
            text += std::to_string(a) + b + "," + std::to_string(a) + "," + b + "," +
                    std::to_string(a * 10 - extra) + "," + std::to_string(a + 1 + extra) + "\n";
        }
    return text;
}

} // namespace

/// greenfront-cli search --table
class TestTableSearchCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString write(const QString& name, const std::string& content) const {
        const QString path = folder_.filePath(name);
        writeFile(path.toStdString(), content);
        return path;
    }
    QStringList search(const QString& file) const {
        return {"search",  "--table",     file,      "--choices", "a,b", "--objective",
                "max:acc", "--objective", "min:lat", "--seed",    "1",   "--json"};
    }
    QString table_file() const { return write("table.csv", table()); }
    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && ended.out.isEmpty(), ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void rows_are_written_in_the_order_of_asking() {
        const QString out = folder_.filePath("evaluated.csv");
        const Ended ended =
            runCli(search(table_file()) + QStringList{"--method", "random", "--budget", "5", "--out", out});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const auto rows = parseCsv(readFile(out.toStdString(), Bytes(1 << 20)), "evaluated");
        QCOMPARE(rows.size(), std::size_t(6));
        QCOMPARE(rows[0], (CsvRow{"id", "a", "b", "acc", "lat"}));
        const std::string whole = table();
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i][0].empty() || whole.find(rows[i][0] + "," + rows[i][1]) != std::string::npos);
    }

    void everything_is_found_once_everything_was_asked_for() {
        const Ended ended =
            runCli(search(table_file()) + QStringList{"--method", "nsga2", "--budget", "100"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject found = ended.json().object();
        QCOMPARE(found["evaluations"].toInt(), 12);
        QCOMPARE(found["missing"].toInt(), 1);
        QCOMPARE(found["front"].toArray(), (QJsonArray{0, 3, 6, 8})); // the rows with b = u
        QCOMPARE(found["reference"].toArray(), (QJsonArray{-2, 6}));
        QCOMPARE(found["hypervolume"].toDouble(), found["hypervolume_of_the_table"].toDouble());
        QCOMPARE(found["hypervolume"].toDouble(), 2.0 * 5 + 10 * 4 + 10 * 3 + 10 * 2);
    }

    void a_constraint_keeps_rows_off_the_front() {
        const Ended ended =
            runCli(search(table_file()) + QStringList{"--budget", "100", "--constraint", "lat<=2"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        QCOMPARE(ended.json().object()["front"].toArray(), (QJsonArray{0, 3}));
        QCOMPARE(ended.json().object()["infeasible"].toInt(), 8);
    }

    void the_same_seed_asks_for_the_same_rows() {
        const auto asked = [&](const char* seed, const QString& out) {
            runCli({"search", "--table", table_file(), "--choices", "a,b", "--objective", "max:acc", "--seed",
                    seed, "--budget", "6", "--out", out});
            return readFile(out.toStdString(), Bytes(1 << 20));
        };
        const QString out = folder_.filePath("out.csv");
        const std::string first = asked("1", out);
        QCOMPARE(asked("1", out), first);
        QVERIFY(asked("2", out) != first);
    }

    void says_what_is_wrong() {
        const QString file = table_file();
        refuses(search("absent.csv"), "absent.csv");
        refuses(search(write("empty.csv", "a,b,acc,lat\n")), "no rows");
        refuses(search(write("twice.csv", "a,b,a,acc,lat\n1,2,3,4,5\n")), "two columns are called 'a'");
        refuses(search(write("ragged.csv", "a,b,acc,lat\n1,2\n")), "row 0 has 2 cells");
        refuses(search(write("same.csv", "a,b,acc,lat\n1,2,3,4\n2,1,3,4\n1,2,5,6\n")),
                "rows 0 and 2 have the same");
        refuses(search(write("one.csv", "a,b,acc,lat\n1,2,3,4\n2,2,3,4\n")), "all rows have the same 'b'");
        refuses(search(file) + QStringList{"--objective", "max:speed"}, "it has no column 'speed'");
        refuses(search(file) + QStringList{"--constraint", "speed<=1"}, "it has no column 'speed'");
        refuses(search(file) + QStringList{"--method", "hope"}, "no such method");
        QCOMPARE(runCli({"search"}).status, 2);
        QCOMPARE(runCli({"search", "--choices", "a"}).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestTableSearchCli)
#include "test_table_search_cli.moc"
