// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "program.h"
#include "tests/support/published_files.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

class TestSearchCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const std::string& content) const {
        writeFile(path(name).toStdString(), content);
    }
    QStringList search(const QStringList& tables, const QString& limit) const {
        return QStringList{"search",
                           "--space",
                           "mobilenet-v3",
                           "--accuracy-predictor",
                           path("acc.safetensors"),
                           "--latency-table"} +
               tables + QStringList{"--max", limit, "--generations", "20", "--json"};
    }
    QStringList bothTables() const { return {path("160.yaml"), path("176.yaml")}; }

    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed && ended.out.isEmpty(), ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void initTestCase() {
        for (const int resolution : {160, 176})
            write(QString("%1.yaml").arg(resolution), asYaml(publishedTable(resolution)));
        write("acc.safetensors", arch::encodeSafetensors(publishedPredictor(1)));
    }

    void prints_the_network_that_it_found() {
        const Ended ended = runCli(search(bothTables(), "latency_ms=1.6"));
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject found = ended.json().object();
        QVERIFY(found["latency_ms"].toDouble() <= 1.6 && found["latency_ms"].toDouble() > 0);
        QVERIFY(found["accuracy"].isDouble());
        QCOMPARE(found["evaluations"].toInt(), 21 * 100);
        QVERIFY(found["seconds"].toDouble() > 0);
        QVERIFY(!found["genotype"].toArray().isEmpty());
        const QJsonObject network = found["network"].toObject();
        QCOMPARE(network["ks"].toArray().size(), 20);
        QCOMPARE(network["e"].toArray().size(), 20);
        QCOMPARE(network["d"].toArray().size(), 5);
        QVERIFY(network["r"].toInt() == 160 || network["r"].toInt() == 176);
        for (int stage = 0; stage < 5; ++stage)
            for (int block = 0; block < 4; ++block)
                QCOMPARE(network["ks"].toArray()[stage * 4 + block].toInt() == 0,
                         block >= network["d"].toArray()[stage].toInt());
        const QJsonObject again = runCli(search(bothTables(), "latency_ms=1.6")).json().object();
        QCOMPARE(again["genotype"], found["genotype"]);
    }

    void says_what_is_wrong_with_which_file() {
        auto table = publishedTable(176);
        table.erase("Logits-input:1x1x1536-output:1000");
        write("short.yaml", asYaml(table));
        refuses(search({path("160.yaml"), path("short.yaml")}, "latency_ms=25"),
                "short.yaml: it does not hold 'Logits-input:1x1x1536-output:1000'");
        refuses(search({path("160.yaml"), path("acc.safetensors")}, "latency_ms=25"), "acc.safetensors");
        refuses(search({path("absent.yaml")}, "latency_ms=25"), "absent.yaml");
        refuses(search(bothTables(), "latency_ms=0.001"), "the smallest one takes");
        refuses(search(bothTables(), "latency_ms=-5"), "latency_ms=-5");
        refuses(search(bothTables(), "memory_mb=5"), "memory_mb=5");
    }

    void the_benchmarks_print_one_document() {
        const QJsonObject networks =
            runCli({"bench", "search", "--networks", "2000", "--json"}).json().object();
        QVERIFY(networks["networks_per_s"].toDouble() > 0 && networks["share_of_peak"].toDouble() > 0);
        const QJsonObject step = runCli({"bench", "supernet-step", "--space", "mobilenet-v3", "--resolution",
                                         "16", "--batch", "4", "--steps", "1", "--no-peer", "--json"})
                                     .json()
                                     .object();
        QVERIFY(step["samples_per_s"].toDouble() > 0 && step["ratio"].toDouble() > 0);
        QVERIFY(step["share_of_peak"].toDouble() > 0 && step["share_of_peak"].toDouble() < 1.5);
        double shares = 0;
        for (const auto& share : step["time"].toObject())
            shares += share.toDouble();
        QVERIFY(std::abs(shares - 1) < 1e-6);
        QVERIFY(step["peer"].isNull());
    }
};

QTEST_GUILESS_MAIN(TestSearchCli)
#include "test_search_cli.moc"
