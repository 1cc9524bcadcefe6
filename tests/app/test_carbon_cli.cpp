// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront::testing;

class TestCarbonCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    QString workspace() const { return path("w.greenfront"); }
    QString series() const { return path("series.csv"); }

    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed, qPrintable(arguments.join(' ')));
        QVERIFY2(ended.out.isEmpty(), ended.out.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void initTestCase() {
        QCOMPARE(runCli({"study", "new", "--data", "builtin:samples=300,size=16,seed=1", "--out",
                         path("study.json")})
                     .status,
                 0);
        QStringList arguments{"study", "run", path("study.json"), "--workspace", workspace()};
        for (const char* assignment : {"epochs=1", "evaluations=5", "population=4", "calibration_images=64",
                                       "latency_limit=0.02", "region=DEU", "pue=1.5", "machine_class=laptop",
                                       "deployed_devices=10", "cost_objective=lifecycle_g"})
            arguments << "--set" << assignment;
        QCOMPARE(runCli(arguments).status, 0);
        QFile file(series());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("datetime,g_co2e_per_kwh\n");
        for (int hour = 0; hour < 24; ++hour)
            file.write(QString("2026-03-01T%1:00:00Z,%2\n")
                           .arg(hour, 2, 10, QChar('0'))
                           .arg(hour == 5 || hour == 9 ? 100
                                : hour == 6            ? 200
                                                       : 400)
                           .toLatin1());
    }

    void regions_are_listed_with_their_sources() {
        const QJsonArray regions = runCli({"carbon", "regions", "france", "--json"}).json().array();
        QCOMPARE(regions.size(), 1);
        QCOMPARE(regions[0]["region"].toString(), QString("FRA"));
        QCOMPARE(regions[0]["g_co2e_per_kwh"].toDouble(), 56.0);
        QCOMPARE(regions[0]["year"].toInt(), 2023);
        QVERIFY(regions[0]["annual"].toBool());
        QCOMPARE(regions[0]["licence"].toString(), QString("CC BY 4.0"));
    }

    void a_schedule_says_when_and_what_it_saves() {
        const auto plan = [&](const char* policy) {
            return runCli({"carbon", "schedule", "--series", series(), "--duration", "2h", "--window", "24h",
                           "--policy", policy, "--json"})
                .json()
                .object();
        };
        const QJsonObject waiting = plan("flexible-start");
        QCOMPARE(waiting["policy"].toString(), QString("flexible-start"));
        QCOMPARE(waiting["start"].toString(), QString("2026-03-01T05:00:00Z"));
        QCOMPARE(waiting["end"].toString(), QString("2026-03-01T07:00:00Z"));
        QCOMPARE(waiting["mean_intensity_g_per_kwh"].toDouble(), 150.0);
        QCOMPARE(waiting["delay_s"].toDouble(), 18000.0);
        QCOMPARE(waiting["saved_percent"].toDouble(), 62.5);
        QCOMPARE(waiting["slots"].toArray().size(), 1);
        const QJsonObject pausing = plan("pause-resume");
        QCOMPARE(pausing["mean_intensity_g_per_kwh"].toDouble(), 100.0);
        QCOMPARE(pausing["saved_percent"].toDouble(), 75.0);
        QCOMPARE(pausing["slots"].toArray().size(), 2);
        QCOMPARE(pausing["slots"][1]["start"].toString(), QString("2026-03-01T09:00:00Z"));
        QCOMPARE(pausing["end"].toString(), QString("2026-03-01T10:00:00Z"));
    }

    void lifecycle_carbon_is_an_axis() {
        const Ended ended = runCli({"front", workspace(), "--x", "lifecycle_g", "--y", "accuracy", "--device",
                                    "this-machine", "--json"});
        QCOMPARE(ended.status, 0);
        const QJsonArray points = ended.json()["points"].toArray();
        QVERIFY(points.size() >= 5);
        for (const QJsonValue& point : points) {
            const QJsonValue metric = point["metrics"]["lifecycle_g"];
            QVERIFY(metric["value"].toDouble() > 0);
            QVERIFY(metric["low"].toDouble() <= metric["value"].toDouble());
            QVERIFY(metric["high"].toDouble() >= metric["value"].toDouble());
            QCOMPARE(metric["provenance"].toString(), QString("estimated"));
            QVERIFY(metric["method"].toString().contains("annual average of 2023 for Germany"));
        }
    }

    void what_if_recomputes_the_same_runs() {
        const QJsonObject answer = runCli({"carbon", "what-if", workspace(), "--region", "FRA", "--region",
                                           "europe-north1", "--pue", "1.0", "--lifetime", "730", "--json"})
                                       .json()
                                       .object();
        const QJsonArray scenarios = answer["scenarios"].toArray();
        QCOMPARE(scenarios.size(), 3);
        const double kwh = answer["joules"].toDouble() / 3.6e6;
        QVERIFY(kwh > 0);
        QCOMPARE(scenarios[0]["grams"].toDouble(), kwh * 1.5 * 380.9);
        QCOMPARE(scenarios[1]["grams"].toDouble(), kwh * 56.0);
        QCOMPARE(scenarios[2]["grams"].toDouble(), kwh * 39.32);
        QCOMPARE(scenarios[1]["saved_percent"].toDouble(), 100 * (1 - 56.0 / (1.5 * 380.9)));
        QCOMPARE(scenarios[1]["year"].toInt(), 2023);
        QVERIFY(scenarios[1]["annual"].toBool());
        QVERIFY(scenarios[0]["embodied"]["grams"].toDouble() > 0);
        // Twice the days: twice the use, under the new region's intensity.
        const double before = scenarios[0]["lifecycle"]["use"]["grams"].toDouble();
        const double after = scenarios[1]["lifecycle"]["use"]["grams"].toDouble();
        QVERIFY(std::abs(after - before * 2 * 56.0 / (1.5 * 380.9)) < 1e-9 * before);
    }

    void what_if_knows_hours_of_a_series() {
        const QJsonArray scenarios = runCli({"carbon", "what-if", workspace(), "--series", series(), "--hour",
                                             "2026-03-01T05:00:00Z", "--json"})
                                         .json()["scenarios"]
                                         .toArray();
        QCOMPARE(scenarios.size(), 2);
        QCOMPARE(scenarios[1]["intensity_g_per_kwh"].toDouble(), 100.0);
        QVERIFY(!scenarios[1]["annual"].toBool());
        QVERIFY(scenarios[1]["year"].isNull());
    }

    void break_even_compares_two_candidates() {
        const QJsonArray points = runCli({"front", workspace(), "--json"}).json()["points"].toArray();
        const QJsonObject answer =
            runCli({"carbon", "break-even", workspace(), QString::number(points.first()["candidate"].toInt()),
                    QString::number(points.last()["candidate"].toInt()), "--json"})
                .json()
                .object();
        QCOMPARE(answer["models"].toArray().size(), 2);
        QCOMPARE(answer["inferences"].toDouble(-1), 0.0); // of one study, so both cost the same to make
        QVERIFY(answer["models"][0]["g_per_inference"].toDouble() > 0);
    }

    void every_report_is_written() {
        for (const QString format : {"codecarbon-csv", "model-card", "mlco2", "boamps", "sci", "html"}) {
            const Ended ended = runCli({"report", workspace(), "--format", format});
            QCOMPARE(ended.status, 0);
            QVERIFY2(ended.out.size() > 100, qPrintable(format));
        }
        QCOMPARE(runCli({"report", workspace(), "--format", "html", "--out", path("report.html")}).status, 0);
        QVERIFY(QFile::exists(path("report.html")));
        const QByteArray csv = runCli({"report", workspace(), "--format", "codecarbon-csv"}).out;
        QCOMPARE(csv.count("\r\n"), 4); // a heading, training, and two searches
        QVERIFY(csv.contains("Germany,DEU"));
        const QByteArray sci =
            runCli({"report", workspace(), "--format", "sci", "--functional-unit", "training-run"}).out;
        QVERIFY(sci.contains("SCI: ") && sci.contains("per training run") &&
                !sci.contains("1,000 inferences"));
    }

    void bad_input_is_refused_with_a_reason() {
        refuses({"carbon", "what-if", workspace(), "--region", "XYZ"}, "XYZ");
        refuses({"carbon", "what-if", workspace(), "--intensity", "-1"}, "-1");
        refuses({"carbon", "what-if", workspace(), "--pue", "0.5"}, "PUE");
        refuses({"carbon", "what-if", workspace(), "--hour", "2026-03-01T05:00:00Z"}, "--series");
        refuses({"carbon", "what-if", workspace(), "--series", series(), "--hour", "2026-04-01T05:00:00Z"},
                "know");
        refuses({"carbon", "schedule", "--series", path("missing"), "--duration", "2h"}, "missing");
        refuses({"carbon", "schedule", "--series", series(), "--duration", "2"}, "duration");
        refuses({"carbon", "schedule", "--series", series(), "--duration", "2h", "--policy", "later"},
                "later");
        refuses({"carbon", "schedule", "--series", series(), "--duration", "30h", "--window", "24h"},
                "window");
        refuses({"report", workspace(), "--format", "pdf"}, "boamps");
        refuses({"report", workspace(), "--format", "sci", "--functional-unit", "epoch"}, "epoch");
        refuses({"study", "run", path("study.json"), "--workspace", path("new.greenfront"), "--set",
                 "region=Mars"},
                "Mars");
        QVERIFY(!QFile::exists(path("new.greenfront")));
    }
};

QTEST_GUILESS_MAIN(TestCarbonCli)
#include "test_carbon_cli.moc"
