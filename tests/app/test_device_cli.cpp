// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "program.h"
#include "tests/support/published_files.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

namespace {

const char* const toaster = R"({"id": "toaster", "title": "Toaster", "threads": 1, "peak_gflops": 2,
    "bandwidth_gb_s": 1, "memory_mib": 4, "flash_kib": 512, "price_usd": 20, "power_w": 3, "source": "Its box"})";
const char* const kettle = R"({"id": "kettle", "title": "Kettle", "threads": 1, "source": "Its box"})";

QStringList ids(const QJsonArray& devices) {
    QStringList names;
    for (const auto& device : devices)
        names << device.toObject()["id"].toString();
    return names;
}

} // namespace

class TestDeviceCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const std::string& content) const {
        writeFile(path(name).toStdString(), content);
    }
    QByteArray read(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QString agent() { return qEnvironmentVariable("GREENFRONT_BIN") + "/greenfront-agent"; }
    static Ended runAgent(const QStringList& arguments) {
        QProcess process;
        process.start(agent(), arguments);
        process.waitForFinished(300'000);
        return {process.exitCode(), process.exitStatus() == QProcess::CrashExit,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }
    static void succeeds(const Ended& ended) { QVERIFY2(ended.status == 0, ended.err.constData()); }
    static void refuses(const Ended& ended, const QByteArray& because) {
        QVERIFY2(ended.status == 1 && !ended.crashed, ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }
    QJsonArray list() const {
        return runCli({"device", "list", path("w.greenfront"), "--json"}).json().array();
    }

private slots:
    void initTestCase() {
        write("toaster.json", toaster);
        write("kettle.json", kettle);
    }

    void shipped_devices_are_listed() {
        const Ended ended = runCli({"device", "list", "--json"});
        succeeds(ended);
        const QStringList all = ids(ended.json().array());
        QVERIFY(all.contains("this-machine") && all.contains("raspberry-pi-5") && all.contains("stm32h743"));
        const QJsonObject micro = runCli({"device", "show", "stm32h743", "--json"}).json().object();
        QCOMPARE(micro["flash_kib"].toDouble(), 2048.0);
        QCOMPARE(micro["memory_mib"].toDouble(), 0.5);
        QCOMPARE(micro["latency"].toString(), QString("roofline"));
        QVERIFY(micro["source"].toString().contains("DS12110"));
        refuses(runCli({"device", "show", "stm32"}), "stm32h743");
    }

    void added_devices_stay_in_the_workspace() {
        succeeds(runCli({"device", "add", path("w.greenfront"), path("toaster.json")}));
        QVERIFY(ids(list()).contains("toaster"));
        const QJsonObject shown =
            runCli({"device", "show", "toaster", "--workspace", path("w.greenfront"), "--json"})
                .json()
                .object();
        QCOMPARE(shown["price_usd"].toDouble(), 20.0);
        QVERIFY(shown["added"].toBool() && shown["idle_power_w"].isNull());
        succeeds(runCli({"device", "remove", path("w.greenfront"), "toaster"}));
        QVERIFY(!ids(list()).contains("toaster"));
        refuses(runCli({"device", "remove", path("w.greenfront"), "toaster"}), "'toaster'");
    }

    void a_device_that_says_nothing_is_refused() {
        refuses(runCli({"device", "add", path("w.greenfront"), path("kettle.json")}), "kettle.json");
        write("wrong.json", R"({"id": "x", "title": "X", "threads": 1, "source": "y", "flash_kib": -1})");
        refuses(runCli({"device", "add", path("w.greenfront"), path("wrong.json")}), "'flash_kib'");
    }

    void published_tables_make_a_device() {
#ifdef GREENFRONT_HAS_YAML
        write("160.yaml", asYaml(publishedTable(160)));
        write("176.yaml", asYaml(publishedTable(176)));
        succeeds(runCli({"device", "add", path("w.greenfront"), path("kettle.json"), "--latency-table",
                         path("160.yaml"), path("176.yaml")}));
        for (const auto& device : list())
            if (device.toObject()["id"] == "kettle")
                QVERIFY(device.toObject()["latency"].toString().contains("160, 176"));
        write("bad.yaml", "Conv-input:160x160x3-output:80x80x24: {mean: -1}");
        refuses(runCli({"device", "add", path("w.greenfront"), path("kettle.json"), "--latency-table",
                        path("bad.yaml")}),
                "bad.yaml");
#else
        QSKIP("this build reads no YAML");
#endif
    }

    void this_machine_is_measured() {
        const Ended ended =
            runCli({"device", "measure", path("w.greenfront"), "--space", "mbconv-small", "--limit", "1",
                    "--out", path("table.json"), "--device-id", "here", "--json"});
        succeeds(ended);
        const QJsonObject report = ended.json().object();
        for (const char* share : {"within_10_percent", "within_5_percent"})
            QVERIFY(report[share].toDouble(-1) >= 0 && report[share].toDouble() <= 1);
        QVERIFY(report["spearman"].isDouble() && report["unseen_networks"].toInt() >= 10);
        QVERIFY(report["blocks"].toInt() > 20 && report["profiled_networks"].toInt() >= 8);
        QVERIFY(ids(list()).contains("here"));
        succeeds(runCli({"device", "add", path("w.greenfront"), path("kettle.json"), "--latency-table",
                         path("table.json")}));
        QVERIFY(ids(list()).contains("kettle"));
    }

    void an_agent_measures_by_a_plan() {
        succeeds(runCli({"device", "plan", "--space", "mbconv-small", "--limit", "1", "--networks", "12",
                         "--out", path("plan.json")}));
        succeeds(runAgent({path("plan.json"), "--out", path("result.json")}));
        succeeds(
            runCli({"device", "import", path("w.greenfront"), path("result.json"), "--device-id", "board"}));
        QVERIFY(ids(list()).contains("board"));

        QByteArray plan = read("plan.json");
        write("other.json", plan.replace("\"version\": 1", "\"version\": 7").toStdString());
        refuses(runAgent({path("other.json"), "--out", path("x.json")}), "other.json: it is of version 7");
        const QByteArray result = read("result.json");
        write("cut.json", result.left(result.size() / 2).toStdString());
        refuses(runCli({"device", "import", path("w.greenfront"), path("cut.json"), "--device-id", "board"}),
                "cut.json");
        QJsonObject json = QJsonDocument::fromJson(result).object();
        QJsonArray networks = json["networks"].toArray();
        QJsonObject first = networks[0].toObject();
        first["ms"] = -1;
        networks[0] = first;
        json["networks"] = networks;
        write("negative.json", QJsonDocument(json).toJson().toStdString());
        refuses(
            runCli({"device", "import", path("w.greenfront"), path("negative.json"), "--device-id", "board"}),
            "negative.json: 'networks[0].ms' is -1");
    }

    void ten_networks_adapt_another_device() {
        succeeds(runCli({"device", "plan", "--space", "mbconv-small", "--limit", "1", "--networks", "10",
                         "--networks-only", "--out", path("ten.json")}));
        succeeds(runAgent({path("ten.json"), "--out", path("ten-result.json")}));
        refuses(
            runCli({"device", "import", path("w.greenfront"), path("ten-result.json"), "--device-id", "ten"}),
            "--like");
        succeeds(runCli({"device", "import", path("w.greenfront"), path("ten-result.json"), "--device-id",
                         "ten", "--like", "raspberry-pi-5"}));
        for (const auto& device : list())
            if (device.toObject()["id"] == "ten")
                QVERIFY(device.toObject()["latency"].toString().startsWith(
                    "measured networks (10), adapted from Raspberry Pi 5"));
    }

#ifndef Q_OS_WIN
    void ssh_brings_the_plan_and_the_result() {
        write("ssh", "#!/bin/sh\nprintf '%s\\n' \"$1\" \"$2\" > \"" + path("asked").toStdString() +
                         "\"\nexec sh -c \"$3\"\n");
        QFile::setPermissions(path("ssh"), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QByteArray before = qgetenv("PATH");
        qputenv("PATH", folder_.path().toUtf8() + ":" + before);
        const QStringList command{"device",  "measure",      path("w.greenfront"),
                                  "--space", "mbconv-small", "--limit",
                                  "1",       "--device-id",  "remote",
                                  "--ssh",   "board.local",  "--json",
                                  "--agent"};
        const Ended ended = runCli(command + QStringList{agent()});
        const Ended absent = runCli(command + QStringList{"no-such-agent"});
        qputenv("PATH", before);
        succeeds(ended);
        QCOMPARE(read("asked"), QByteArray("--\nboard.local\n"));
        QVERIFY(ended.json().object()["blocks"].toInt() > 20);
        QVERIFY(ended.json().object()["unseen_networks"].toInt() >= 10);
        QVERIFY(ids(list()).contains("remote"));
        refuses(absent, "board.local: ssh or the agent ended with status 127");
        refuses(runCli({"device", "measure", "--space", "mbconv-small", "--ssh=-oProxyCommand=x"}),
                "not the name");
    }
#endif

    void nothing_to_measure_is_told() {
        refuses(runCli({"device", "measure"}), "--space");
        refuses(runCli({"device", "plan", "--space", path("toaster.json"), "--out", path("p.json")}),
                "search space");
    }
};

QTEST_GUILESS_MAIN(TestDeviceCli)
#include "test_device_cli.moc"
