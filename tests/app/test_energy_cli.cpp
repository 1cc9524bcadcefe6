// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <cmath>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace greenfront::testing;

namespace {

QStringList shell(const QStringList& options, const QString& script) {
    return QStringList{"energy", "measure"} + options + QStringList{"--", "sh", "-c", script};
}

} // namespace

/// `energy sources`, `energy measure` and `bench meter`, with a made-up machine of one socket.
class TestEnergyCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    void write(const QString& file, const QByteArray& content) const {
        const QString path = folder_.filePath(file);
        QDir().mkpath(QFileInfo(path).path());
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(content + '\n');
    }
    void addZone(const QString& id, const QByteArray& name) const {
        write("powercap/" + id + "/name", name);
        write("powercap/" + id + "/max_energy_range_uj", "262143328850");
        write("powercap/" + id + "/energy_uj", "1000000");
    }

private slots:
    void initTestCase() {
        addZone("intel-rapl:0", "package-0");
        addZone("intel-rapl:0:0", "core");
        addZone("intel-rapl:0:1", "dram");
        qputenv("GREENFRONT_POWERCAP_ROOT", folder_.filePath("powercap").toUtf8());
        qputenv("GREENFRONT_HWMON_ROOT", folder_.filePath("none").toUtf8());
        qputenv("GREENFRONT_POWER_SUPPLY_ROOT", folder_.filePath("none").toUtf8());
        qputenv("GREENFRONT_NVML_LIBRARY", "/absent/nvml");
        qputenv("COUNTER", folder_.filePath("powercap/intel-rapl:0/energy_uj").toUtf8());
    }
    void init() {
        if (QDir::separator() != '/')
            QSKIP("these tests need a POSIX shell");
        addZone("intel-rapl:0", "package-0");
    }

    void sourcesAreListedWithStateAndReason() {
        const Ended ended = runCli({"energy", "sources", "--json"});
        QCOMPARE(ended.status, 0);
        const QJsonArray sources = ended.json().object()["sources"].toArray();
        QHash<QString, QJsonObject> byName;
        for (const QJsonValue& source : sources)
            byName[source["source"].toString()] = source.toObject();
        QCOMPARE(byName["rapl:package-0"]["state"].toString(), QString("used"));
        QVERIFY(byName["rapl:package-0"]["usable"].toBool());
        QCOMPARE(byName["rapl:package-0"]["provenance"].toString(), QString("measured"));
        QCOMPARE(byName["rapl:package-0:core"]["state"].toString(), QString("overlapping"));
        QCOMPARE(byName["nvml"]["state"].toString(), QString("absent"));
        QVERIFY(byName["nvml"]["reason"].toString().contains("/absent/nvml"));
        QVERIFY(runCli({"energy", "sources"}).out.contains("rapl:package-0:dram"));
    }

    void whatAProgramDrawsIsToldInOneDocument() {
        const Ended ended = runCli(shell({"--json"}, "echo said; echo 4500000 > \"$COUNTER\"; exit 7"));
        QCOMPARE(ended.status, 7);
        QVERIFY(ended.err.contains("said")); // it must not mix with the document
        const QJsonObject result = ended.json().object();
        QVERIFY(!result.isEmpty());
        QCOMPARE(result["exit_status"].toInt(), 7);
        QVERIFY(result["seconds"].toDouble() > 0);
        const QJsonArray readings = result["readings"].toArray();
        QCOMPARE(readings.size(), 2);
        double sum = 0;
        for (const QJsonValue& reading : readings) {
            sum += reading["joules"].toDouble();
            QVERIFY(reading["low"].toDouble() <= reading["joules"].toDouble());
            QVERIFY(reading["high"].toDouble() >= reading["joules"].toDouble());
            QCOMPARE(reading["provenance"].toString(), QString("measured"));
        }
        QCOMPARE(readings[0]["source"].toString(), QString("rapl:package-0"));
        QCOMPARE(readings[0]["joules"].toDouble(), 3.5); // microjoules, after all
        QCOMPARE(result["total_joules"].toDouble(), sum);
        // Nobody said which grid, and the document says so.
        QVERIFY(std::abs(result["grams"].toDouble() - sum / 3.6e6 * 480) < 1e-12);
        QVERIFY(result["intensity"]["description"].toString().contains(
            "2023 for the world, as no region was given"));
        QCOMPARE(result["parts"].toArray()[0].toObject()["counted_by"].toString(), QString("rapl:package-0"));
    }

    void gramsComeFromTheIntensity() {
        const auto grams = [this](const QStringList& options) {
            addZone("intel-rapl:0", "package-0");
            const Ended ended =
                runCli(shell(options + QStringList{"--json"}, "echo 3601000000 > \"$COUNTER\""));
            const QJsonObject result = ended.json().object();
            return result["grams"].toDouble() / result["total_joules"].toDouble() * 3.6e6;
        };
        QCOMPARE(grams({"--intensity", "500"}), 500.0);
        QCOMPARE(grams({"--intensity", "500", "--pue", "1.5"}), 750.0);
        QVERIFY(grams({"--region", "FRA"}) > 0);
    }

    void withoutJsonTheProgramKeepsItsOutput() {
        const Ended ended = runCli(shell({}, "echo said"));
        QCOMPARE(ended.status, 0);
        QCOMPARE(ended.out, QByteArray("said\n"));
        QVERIFY(ended.err.contains("rapl:package-0"));
        QVERIFY(ended.err.contains("total"));
    }

    void aFailedReadIsNoZero() {
        const Ended ended = runCli(shell({"--json"}, "rm \"$COUNTER\""));
        const QJsonObject reading = ended.json().object()["readings"].toArray()[0].toObject();
        QVERIFY(reading["joules"].isNull());
        QVERIFY(!ended.json().object()["total_is_complete"].toBool());
        QVERIFY(reading["gaps"].toInt() > 0);
        QVERIFY(reading["unseen_seconds"].toDouble() > 0);
    }

    void grossAndNetAreApart() {
        const Ended ended =
            runCli(shell({"--json", "--idle", "0.2"}, "echo 11000000 > \"$COUNTER\"; sleep 0.1"));
        const QJsonObject result = ended.json().object();
        QCOMPARE(result["total_joules"].toDouble(), 10.0);
        const QJsonObject idle = result["idle"].toObject();
        QVERIFY(idle["seconds"].toDouble() >= 0.2);
        QCOMPARE(idle["net_joules"].toDouble(), 10.0); // the made-up machine draws nothing when idle
        QCOMPARE(idle["sources"].toArray().size(), 2);
    }

    void theProgramsShareIsAnEstimate() {
        const QString busy =
            "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); done; echo 11000000 > \"$COUNTER\"";
        const QJsonObject result = runCli(shell({"--json"}, busy)).json().object();
        if (!result.contains("attributed"))
            QSKIP("this system does not tell how busy it is");
        const QJsonObject own = result["attributed"].toObject();
        QCOMPARE(own["provenance"].toString(), QString("estimated"));
        const double share = own["processor_share"].toDouble();
        QVERIFY(share > 0 && share <= 1);
        QCOMPARE(own["joules"].toDouble(), result["total_joules"].toDouble() * share);
    }

    void argumentsArriveAsTheyAre() {
        const QStringList arguments{"[1,2]", "--json", "-x", "", "a b", "--", "%%", "'", "energy"};
        const Ended ended = runCli(QStringList{"energy", "measure", "--", "printf", "%s|"} + arguments);
        QCOMPARE(ended.out, (arguments.join('|') + "|").toUtf8());
        QCOMPARE(runCli({"energy", "measure", "sh", "-c", "exit 4"}).status, 4); // the dashes may be left out
    }

    void statusesAreAShells() {
        const Ended killed = runCli(shell({"--json"}, "kill -TERM $$"));
        QCOMPARE(killed.status, 128 + 15);
        QCOMPARE(killed.json().object()["exit_status"].toInt(), 128 + 15);
        QCOMPARE(killed.json().object()["signal"].toInt(), 15);
        const Ended missing = runCli({"energy", "measure", "--json", "--", "no-such-program-anywhere"});
        QCOMPARE(missing.status, 127);
        QVERIFY(missing.out.isEmpty());
        QVERIFY(missing.err.contains("no-such-program-anywhere"));
        QCOMPARE(runCli({"energy", "measure", "--", folder_.filePath("powercap/intel-rapl:0/name")}).status,
                 126);
        QCOMPARE(runCli({"energy", "measure"}).status, 2);
    }

    void signalsArePassedOn() {
        const Ended ended = interruptCli(
            shell({"--json"}, "trap 'echo caught; exit 9' TERM; echo ready; while :; do sleep 0.05; done"),
            "ready", [](QProcess& process) { process.terminate(); });
        QCOMPARE(ended.status, 9);
        QVERIFY(ended.err.contains("caught") || ended.out.contains("\"exit_status\": 9"));
    }

    void badOptionsStopBeforeTheProgramRuns() {
        const QString mark = folder_.filePath("ran");
        for (const QStringList& options : {QStringList{"--region", "Atlantis"},
                                           {"--intensity", "-5"},
                                           {"--intensity", "nan"},
                                           {"--pue", "0.5"},
                                           {"--intensity", "5", "--region", "FRA"},
                                           {"--idle", "-1"}}) {
            const Ended ended = runCli(shell(options, "touch " + mark));
            QVERIFY2(ended.status == 1 || ended.status == 2, qPrintable(options.join(' ')));
            QVERIFY(!ended.crashed && !ended.err.isEmpty());
            QVERIFY2(!QFile::exists(mark), qPrintable(options.join(' ')));
        }
    }

    void theBenchmarkTellsTheSamplersCost() {
        const Ended ended = runCli({"bench", "meter", "--seconds", "1", "--json"});
        QCOMPARE(ended.status, 0);
        const QJsonObject cost = ended.json().object();
        QVERIFY(cost["samples"].toInt() >= 1);
        QVERIFY(cost["percent_of_core"].isDouble());
        QCOMPARE(cost["sources"].toArray()[0].toString(), QString("rapl:package-0"));
    }
};

QTEST_GUILESS_MAIN(TestEnergyCli)
#include "test_energy_cli.moc"
