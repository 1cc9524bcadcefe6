// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront::testing;

class TestHeadlineCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QStringList onceForAll() const {
        return {"headline",    "once-for-all",
                "--data",      "builtin:samples=300,size=16,seed=1",
                "--workspace", folder_.filePath("headline.greenfront"),
                "--set",       "epochs=2",
                "--set",       "calibration_images=64",
                "--alone",     "1",
                "--json"};
    }

    QStringList parsec() const {
        return {"headline",    "parsec",
                "--data",      "builtin:samples=300,size=16,seed=1",
                "--workspace", folder_.filePath("parsec.greenfront"),
                "--set",       "epochs=2",
                "--set",       "batch_size=32",
                "--set",       "evaluations=40",
                "--set",       "calibration_images=64",
                "--alone",     "1",
                "--json"};
    }

private slots:
    void once_for_all_sets_both_ways_side_by_side() {
        const Ended ended = runCli(onceForAll());
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject result = ended.json().object();
        const QJsonArray table = result["table"].toArray();
        QList<int> counts;
        for (const auto& row : table)
            counts.append(row.toObject()["devices"].toInt());
        QCOMPARE(counts, (QList<int>{1, 4, 16, 40}));
        for (const char* side : {"once_for_all", "alone"})
            for (const char* value : {"accuracy", "latency_ms", "joules", "grams"})
                QVERIFY2(table[0].toObject()[side].toObject()[value].toDouble() > 0, value);
        // Trained alone for one device, so all others follow from it.
        QVERIFY(!table[0]["alone"]["extrapolated"].toBool());
        QVERIFY(table[1]["alone"]["extrapolated"].toBool());
        QVERIFY(table[3]["once_for_all"]["extrapolated"].toBool());
        const double one = table[0]["alone"]["joules"].toDouble();
        QVERIFY(std::abs(table[3]["alone"]["joules"].toDouble() / (40 * one) - 1) < 1e-9);
        const double difference =
            table[3]["once_for_all"]["joules"].toDouble() - table[0]["once_for_all"]["joules"].toDouble();
        const double marginal = result["marginal"]["once_for_all"]["joules"].toDouble();
        QVERIFY(std::abs(difference / (39 * marginal) - 1) < 1e-6);
    }

    void a_second_call_trains_nothing_again() {
        const QByteArray before = runCli({"runs", folder_.filePath("headline.greenfront"), "--json"}).out;
        const QJsonObject first = runCli(onceForAll()).json().object();
        const QJsonArray runs =
            runCli({"runs", folder_.filePath("headline.greenfront"), "--json"}).json().array();
        QVERIFY(!runs.isEmpty() && !first.isEmpty() && !before.isEmpty());
        int trainings = 0;
        for (const auto& run : runs)
            trainings += run.toObject()["kind"].toString() == "training";
        QCOMPARE(trainings, 2); // the supernet, and one network alone
    }

    void parsec_sets_searches_with_and_without_weights_beside_a_random_pick() {
        const Ended ended = runCli(parsec());
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject result = ended.json().object();
        const QJsonArray ways = result["ways"].toArray();
        QStringList names;
        for (const auto& each : ways) {
            const QJsonObject way = each.toObject();
            names.append(way["way"].toString());
            const double accuracy = way["accuracy"].toDouble();
            QVERIFY(accuracy > 0 && accuracy <= 100);
            QVERIFY(way["training"].toObject()["joules"].toDouble() > 0);
            for (const auto& network : way["networks"].toArray())
                QVERIFY(network.toObject()["macs"].toDouble() <= result["most_macs"].toDouble());
        }
        QCOMPARE(names, (QStringList{"parsec", "weightless", "random"}));
        for (const int searched : {0, 1})
            for (const char* value : {"seconds", "joules", "grams"})
                QVERIFY2(ways[searched]["search"].toObject()[value].toDouble() > 0, value);
        QCOMPARE(ways[2]["search"].toObject()["joules"].toDouble(), 0.0);
        QVERIFY(ways[0]["networks_drawn"].toInt() > ways[0]["networks"].toArray().size());
        QVERIFY(ways[1]["networks_judged"].toInt() > 32);
        QCOMPARE(result["scores"].toArray().size(), 2);
        const QByteArray text = runCli(parsec().mid(0, parsec().size() - 1)).out;
        QVERIFY2(text.contains("Tanaka et al. 2020") && text.contains("Mellor et al. 2021"),
                 text.constData());
    }

    void what_parsec_found_is_kept_as_runs() {
        const QByteArray first = runCli(parsec()).out;
        QCOMPARE(runCli(parsec()).out, first);
        const QJsonArray runs =
            runCli({"runs", folder_.filePath("parsec.greenfront"), "--json"}).json().array();
        QMap<QString, int> kinds;
        for (const auto& run : runs)
            ++kinds[run.toObject()["kind"].toString()];
        QCOMPARE(kinds["parsec"], 2);
        QCOMPARE(kinds["headline"], 1);
        QVERIFY(kinds["training"] >= 1 && kinds["training"] <= 3);
    }

    void an_unknown_headline_names_the_known_ones() {
        const Ended ended = runCli({"headline", "nothing"});
        QCOMPARE(ended.status, 1);
        QVERIFY2(ended.err.contains("once-for-all, parsec"), ended.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestHeadlineCli)
#include "test_headline_cli.moc"
