// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront::testing;

class TestCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    QStringList runArguments(const QString& workspace, int epochs) const {
        return {"study",
                "run",
                path("study.json"),
                "--workspace",
                path(workspace),
                "--set",
                QString("epochs=%1").arg(epochs),
                "--set",
                "evaluations=5",
                "--set",
                "population=4",
                "--set",
                "calibration_images=64",
                "--set",
                "latency_limit=0.02"};
    }
    void write(const QString& name, const QByteArray& content) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed, qPrintable(arguments.join(' ')));
        QVERIFY2(ended.out.isEmpty(), ended.out.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void initTestCase() {
        QVERIFY(QFile::exists(cliPath()));
        QCOMPARE(runCli({"study", "new", "--data", "builtin:samples=300,size=16,seed=1", "--out",
                         path("study.json")})
                     .status,
                 0);
        QCOMPARE(runCli(runArguments("whole.greenfront", 12)).status, 0);
    }

    void every_subcommand_has_help() {
        for (const QStringList& command : {QStringList{"data", "info"},
                                           {"study", "new"},
                                           {"study", "run"},
                                           {"runs"},
                                           {"front"},
                                           {"evaluate"},
                                           {"export"},
                                           {"search"},
                                           {"specialise"},
                                           {"bench", "search"},
                                           {"bench", "supernet-step"}}) {
            const Ended ended = runCli(command + QStringList{"--help"});
            QCOMPARE(ended.status, 0);
            QVERIFY(ended.out.contains("Options:"));
        }
    }

    void data_info_describes_a_data_set() {
        const QJsonObject info =
            runCli({"data", "info", "builtin:samples=300,size=16,seed=1", "--json"}).json().object();
        QCOMPARE(info["samples"].toInt(), 300);
        QCOMPARE(info["shape"].toArray(), (QJsonArray{1, 16, 16}));
        const QJsonObject parts = info["parts"].toObject();
        QCOMPARE(parts["train"].toInt() + parts["validation"].toInt() + parts["test"].toInt(), 300);
        QCOMPARE(info["hash"].toString().size(), 64);
    }

    void runs_tell_energy_and_where_it_comes_from() {
        const QJsonArray runs = runCli({"runs", path("whole.greenfront"), "--json"}).json().array();
        QCOMPARE(runs.size(), 3); // training, and a search for each of two devices
        for (const QJsonValue& run : runs) {
            QCOMPARE(run["state"].toString(), QString("finished"));
            QVERIFY(run["seconds"].toDouble() > 0);
            const QJsonArray energy = run["energy"].toArray();
            QVERIFY(!energy.isEmpty());
            for (const QJsonValue& reading : energy) {
                QVERIFY(reading["joules"].toDouble() > 0);
                QVERIFY(!reading["source"].toString().isEmpty());
                QVERIFY(QStringList({"measured", "estimated"}).contains(reading["provenance"].toString()));
            }
        }
    }

    void the_front_is_exact_and_drawn() {
        const Ended ended = runCli({"front", path("whole.greenfront"), "--x", "latency_ms", "--y", "accuracy",
                                    "--device", "this-machine", "--json", "--png", path("front.png")});
        QCOMPARE(ended.status, 0);
        QCOMPARE(ended.err, QByteArray());
        const QJsonArray points = ended.json()["points"].toArray();
        QVERIFY(points.size() >= 5);
        for (const QJsonValue& point : points) {
            const auto value = [](const QJsonValue& p, const char* name) {
                return p["metrics"][name]["value"].toDouble();
            };
            bool dominated = false;
            for (const QJsonValue& other : points)
                dominated = dominated || (value(other, "latency_ms") <= value(point, "latency_ms") &&
                                          value(other, "accuracy") >= value(point, "accuracy") &&
                                          (value(other, "latency_ms") < value(point, "latency_ms") ||
                                           value(other, "accuracy") > value(point, "accuracy")));
            QCOMPARE(point["on_front"].toBool(), !dominated);
        }
        QFile png(path("front.png"));
        QVERIFY(png.open(QIODevice::ReadOnly));
        QVERIFY(png.read(4).endsWith("PNG"));
    }

    void evaluate_and_export_work_on_a_candidate_of_the_front() {
        const QJsonArray points =
            runCli({"front", path("whole.greenfront"), "--json"}).json()["points"].toArray();
        const QString candidate = QString::number(points.first()["candidate"].toInt());
        const QJsonObject evaluation = runCli({"evaluate", path("whole.greenfront"), "--network", candidate,
                                               "--part", "validation", "--json"})
                                           .json()
                                           .object();
        QCOMPARE(evaluation["accuracy"].toDouble(),
                 points.first()["metrics"]["accuracy"]["value"].toDouble());
        for (const QString format : {"onnx", "torchscript", "safetensors"}) {
            QCOMPARE(runCli({"export", path("whole.greenfront"), candidate, "--format", format, "--out",
                             path("model-" + format)})
                         .status,
                     0);
            QVERIFY(QFile::exists(path("model-" + format)));
        }
    }

    /// Killed without warning after some epochs, then run again: the same weights as without the
    /// kill.
    void a_killed_study_goes_on_and_ends_the_same() {
        const Ended killed =
            interruptCli(runArguments("killed.greenfront", 12), " to go", [](QProcess& p) { p.kill(); });
        QVERIFY(killed.crashed);
        const QJsonArray runs = runCli({"runs", path("killed.greenfront"), "--json"}).json().array();
        QCOMPARE(runs[0]["state"].toString(), QString("interrupted"));
        QCOMPARE(runCli(runArguments("killed.greenfront", 12)).status, 0);
        for (const QString network : {"largest", "smallest"}) {
            const auto accuracy = [&](const char* workspace) {
                return runCli({"evaluate", path(workspace), "--network", network, "--part", "test", "--json"})
                    .out;
            };
            QVERIFY(accuracy("whole.greenfront").contains("accuracy"));
            QCOMPARE(accuracy("killed.greenfront"), accuracy("whole.greenfront"));
        }
    }

    void ctrl_c_ends_a_study_cleanly() {
        const Ended ended = interruptCli(runArguments("stopped.greenfront", 30), "epoch 1",
                                         [](QProcess& p) { p.terminate(); });
        QVERIFY(!ended.crashed);
        QCOMPARE(ended.status, 130);
        QVERIFY(ended.err.contains("goes on from there"));
        const QJsonArray runs = runCli({"runs", path("stopped.greenfront"), "--json"}).json().array();
        QCOMPARE(runs[0]["state"].toString(), QString("cancelled"));
    }

    void bad_input_is_refused_with_a_reason() {
        write("text.greenfront", "not a database, though long enough to look at");
        write("broken.json", "{ \"format\": ");
        write("other.json", "{}");
        write("empty.idx", "");
        refuses({"data", "info", path("missing")}, "missing");
        refuses({"data", "info", path("empty.idx")}, "empty.idx");
        refuses({"runs", path("text.greenfront")}, "text.greenfront");
        refuses({"runs", path("missing.greenfront")}, "missing.greenfront");
        refuses({"study", "run", path("broken.json"), "--workspace", path("new.greenfront")}, "broken.json");
        refuses({"study", "run", path("other.json"), "--workspace", path("new.greenfront")}, "other.json");
        refuses({"front", path("whole.greenfront"), "--device", "toaster"}, "toaster");
        refuses({"front", path("whole.greenfront"), "--x", "speed"}, "speed");
        refuses({"export", path("whole.greenfront"), "9999", "--out", path("x.onnx")}, "9999");
        refuses({"export", path("whole.greenfront"), "smallest", "--format", "gif", "--out", path("x.gif")},
                "onnx");
        refuses({"export", path("whole.greenfront"), "smallest", "--out", path("no/such/x.onnx")},
                "no/such/x");
        refuses({"front", path("whole.greenfront"), "--png", path("no/such/x.png")}, "No such file");
        QVERIFY(!QFile::exists(path("new.greenfront")));
        QVERIFY(!QFile::exists(path("x.onnx")) && !QFile::exists(path("x.md")));
    }

    void a_wrong_command_line_ends_with_2() { QCOMPARE(runCli({"front"}).status, 2); }
};

QTEST_GUILESS_MAIN(TestCli)
#include "test_cli.moc"
