// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront::testing;

/// What a study will cost and when it runs: `energy predictions` and `study run --carbon-aware`.
class TestPlanningCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }

    QStringList run(const QString& workspace, const QStringList& more = {}) const {
        QStringList arguments{"study", "run", path("study.json"), "--workspace", path(workspace)};
        for (const char* assignment :
             {"epochs=1", "evaluations=4", "population=4", "calibration_images=64", "devices=raspberry-pi-4"})
            arguments << "--set" << assignment;
        return arguments + more;
    }

    /// From the hour that is now, g/kWh.
    void writeHours(const QString& name, const QList<int>& hours) const {
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("datetime,g_co2e_per_kwh\n");
        for (qsizetype i = 0; i < hours.size(); ++i)
            file.write(
                QStringLiteral("%1,%2\n")
                    .arg(QDateTime::fromSecsSinceEpoch((now / 3600 + i) * 3600).toUTC().toString(Qt::ISODate))
                    .arg(hours[i])
                    .toLatin1());
    }

private slots:
    void initTestCase() {
        QCOMPARE(runCli({"study", "new", "--data", "builtin:samples=300,size=16,seed=1", "--out",
                         path("study.json")})
                     .status,
                 0);
    }

    void the_second_study_is_predicted_from_the_first() {
        QCOMPARE(runCli(run("learns.greenfront")).status, 0);
        const auto predictions = [&] {
            return runCli({"energy", "predictions", path("learns.greenfront"), "--json"}).json().object();
        };
        const QJsonObject none = predictions();
        QVERIFY(none["predictions"].isArray() && none["predictions"].toArray().isEmpty());
        QVERIFY(none["summary"]["before"].isNull());
        QCOMPARE(runCli(run("learns.greenfront", {"--set", "seed=2"})).status, 0);
        const QJsonObject answer = predictions();
        const QJsonArray list = answer["predictions"].toArray();
        QCOMPARE(list.size(), 2); // training and search
        for (const QJsonValue& one : list) {
            QCOMPARE(one["kind"].toString(), QString("before"));
            QCOMPARE(one["share"].toDouble(-1), 0.0);
            const double predicted = one["predicted_joules"].toDouble();
            QVERIFY(predicted > 0 && one["low"].toDouble() < predicted && one["high"].toDouble() > predicted);
            const double joules = one["joules"].toDouble();
            QVERIFY(joules > 0);
            QVERIFY(std::abs(one["error_percent"].toDouble() - 100 * (predicted / joules - 1)) < 1e-6);
            QCOMPARE(one["covered"].toBool(),
                     joules >= one["low"].toDouble() && joules <= one["high"].toDouble());
        }
        QCOMPARE(list[0]["run_kind"].toString(), QString("training"));
        QVERIFY(list[0]["naive_error_percent"].isDouble() && list[1]["naive_error_percent"].isNull());
        QCOMPARE(answer["summary"]["before"]["runs"].toInt(), 2);
        QVERIFY(answer["summary"]["profile"].isNull()); // one epoch is too short for one
        const QByteArray text = runCli({"energy", "predictions", path("learns.greenfront")}).out;
        QVERIFY2(text.contains("before: 2 runs, median error"), text.constData());
    }

    void the_idle_power_is_kept_and_told_apart() {
        const auto energy = [&] {
            return runCli({"runs", path("learns.greenfront"), "--json"}).json()[0]["energy"].toArray();
        };
        QVERIFY(!energy().isEmpty());
        for (const QJsonValue& row : energy())
            QVERIFY(row["net_joules"].isNull());
        const QJsonArray sources =
            runCli({"energy", "idle", path("learns.greenfront"), "--seconds", "0.5", "--json"})
                .json()["sources"]
                .toArray();
        QVERIFY(!sources.isEmpty());
        for (const QJsonValue& source : sources) {
            const double watts = source["watts"].toDouble();
            QVERIFY(source["low"].toDouble() <= watts && watts <= source["high"].toDouble());
            for (const QJsonValue& row : energy())
                if (row["source"] == source["source"])
                    QVERIFY(std::abs(row["joules"].toDouble() - watts * row["seconds"].toDouble() -
                                     row["net_joules"].toDouble(-1e9)) < 1e-6);
        }
        QCOMPARE(runCli({"energy", "idle", path("absent.greenfront")}).status, 1);
    }

    void what_a_study_takes_must_be_known_or_said() {
        writeHours("flat.csv", {100, 100, 100});
        const Ended ended = runCli(run("unknown.greenfront", {"--carbon-aware", path("flat.csv")}));
        QCOMPARE(ended.status, 1);
        QVERIFY2(ended.err.contains("Say how long"), ended.err.constData());
    }

    void where_no_hour_is_cleaner_a_study_runs_at_once() {
        writeHours("flat.csv", {100, 100, 100});
        const Ended ended = runCli(run(
            "once.greenfront", {"--carbon-aware", path("flat.csv"), "--duration", "10m", "--window", "1h"}));
        QCOMPARE(ended.status, 0);
        QVERIFY(!ended.err.contains("waiting"));
    }

    void a_study_waits_for_a_cleaner_hour_and_says_until_when() {
        writeHours("later.csv", {400, 100, 100, 100});
        const Ended ended = interruptCli(run("waits.greenfront", {"--carbon-aware", path("later.csv"),
                                                                  "--duration", "30m", "--window", "3h"}),
                                         "for cleaner electricity", [](QProcess& p) { p.terminate(); });
        QVERIFY(!ended.crashed);
        QCOMPARE(ended.status, 130);
        QVERIFY2(ended.err.contains("until 20") && ended.err.contains("% less than at once"),
                 ended.err.constData());
        QVERIFY(runCli({"runs", path("waits.greenfront"), "--json"}).json().array().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPlanningCli)
#include "test_planning_cli.moc"
