// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

class TestParetoCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString write(const QString& name, const std::string& content) const {
        const QString path = folder_.filePath(name);
        writeFile(path.toStdString(), content);
        return path;
    }
    QString points() const {
        return write("points.csv", "name,lat,acc\r\n"
                                   "a,10,90\r\n"
                                   "b,2,80\r\n"
                                   "\"c, dominated\",11,85\r\n"
                                   "d,,99\r\n"
                                   "e,1,50\r\n"
                                   "f,20,nan\r\n");
    }
    static QStringList accuracyAndLatency(const QString& file) {
        return {"pareto", file, "--objective", "max:acc", "--objective", "min:lat"};
    }
    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed && ended.out.isEmpty(), ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void prints_front_hypervolume_reference_and_knee() {
        const Ended ended =
            runCli(accuracyAndLatency(points()) + QStringList{"--reference", "0,20", "--json"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject found = ended.json().object();
        QCOMPARE(found["front"].toArray(), (QJsonArray{0, 1, 4}));
        QCOMPARE(found["hypervolume"].toDouble(), 50.0 * 1 + 80 * 8 + 90 * 10);
        QCOMPARE(found["reference"].toArray(), (QJsonArray{0, 20}));
        QCOMPARE(found["knee"].toInt(-1), 1);
        QVERIFY2(ended.err.contains("2 of 6 rows lack a number"), ended.err.constData());
    }

    void without_a_reference_the_worst_values_are_taken_and_said() {
        const Ended ended = runCli(accuracyAndLatency(points()) + QStringList{"--json"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject found = ended.json().object();
        QCOMPARE(found["reference"].toArray(), (QJsonArray{50, 11}));
        QCOMPARE(found["hypervolume"].toDouble(), 30.0 * 8 + 40 * 1);
        QVERIFY2(ended.err.contains("acc 50, lat 11"), ended.err.constData());
    }

    void the_order_of_objectives_and_negative_references_are_taken_as_given() {
        const QString file = write("signs.csv", "a;b\n-3;-4\n-5;-2\n");
        const Ended ended = runCli({"pareto", "--objective", "min:b", "--objective", "max:a", file, "--json",
                                    "--reference", "-1,-10"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject found = ended.json().object();
        QCOMPARE(found["front"].toArray(), (QJsonArray{0}));
        QCOMPARE(found["hypervolume"].toDouble(), 3.0 * 7);
    }

    void three_objectives_work_alike() {
        const QString file = write("three.csv", "x,y,z\n1,2,3\n3,1,2\n2,3,1\n3,3,3\n");
        const Ended ended = runCli({"pareto", file, "--objective", "min:x", "--objective", "min:y",
                                    "--objective", "min:z", "--reference", "4,4,4", "--json"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        QCOMPARE(ended.json().object()["front"].toArray(), (QJsonArray{0, 1, 2}));
        QCOMPARE(ended.json().object()["hypervolume"].toDouble(), 13.0);
    }

    void a_person_gets_a_table() {
        const Ended ended = runCli(accuracyAndLatency(points()));
        QVERIFY2(ended.status == 0, ended.err.constData());
        for (const char* text : {"3 of 6 rows on the front", "max:acc", "min:lat", "hypervolume 280",
                                 "the worst value of each objective"})
            QVERIFY2(ended.out.contains(text), ended.out.constData());
    }

    void says_what_is_wrong() {
        const QString file = points();
        refuses(accuracyAndLatency("absent.csv"), "absent.csv");
        refuses(accuracyAndLatency(write("empty.csv", "")), "it is empty");
        refuses(accuracyAndLatency(write("heading.csv", "acc,lat\n")), "no row has a number for acc and lat");
        refuses(accuracyAndLatency(write("texts.csv", "acc,lat\n1,x\ny,2\n")), "no row has a number");
        refuses(accuracyAndLatency(write("twice.csv", "acc,lat,acc\n1,2,3\n")),
                "two of its columns are named 'acc'");
        refuses(accuracyAndLatency(write("ragged.csv", "acc,lat\n1,2\n3\n")),
                "line 3 has 1 columns instead of 2");
        refuses(accuracyAndLatency(write("quote.csv", "acc,lat\n\"1,2\n")), "quote");
        refuses({"pareto", file, "--objective", "max:speed"}, "it has no column 'speed'");
        refuses({"pareto", file, "--objective", "up:acc"}, "'up' is no direction");
        refuses({"pareto", file, "--objective", "acc"}, "which way is better");
        refuses({"pareto", file, "--objective", "max:acc", "--objective", "min:acc"}, "the same metric");
        const QStringList both = accuracyAndLatency(file);
        refuses(both + QStringList{"--reference", "0"}, "1 values for 2 objectives");
        refuses(both + QStringList{"--reference", "0,x"}, "'x' is no number");
        refuses(both + QStringList{"--reference", "0,inf"}, "'inf' is no number");
        QCOMPARE(runCli({"pareto", file}).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestParetoCli)
#include "test_pareto_cli.moc"
