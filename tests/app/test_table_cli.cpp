// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/data/open.h"
#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

/// A table of numbers on its way from a CSV file to an exported model.
class TestTableCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    QString path(const QString& name) const { return folder_.filePath(name); }

    /// The first of the USPS digits' pixels as columns, the digit in front.
    static QByteArray digits(const data::Dataset& usps) {
        QByteArray text = "digit";
        for (int i = 0; i < 256; ++i)
            text += ",p" + QByteArray::number(i);
        std::vector<float> row(256);
        for (std::size_t i = 0; i < 1500; ++i) {
            usps.copyRaw(data::Part::Train, std::vector{i}, row);
            text += "\n" + QByteArray::number(usps.labels(data::Part::Train)[i]);
            for (const float value : row)
                text += "," + QByteArray::number(static_cast<double>(value));
        }
        return text + "\n";
    }

    /// Three classes around centres of their own, a text that tells nothing, and a missing number.
    static QByteArray clouds() {
        Rng rng(3);
        QByteArray text = "digit,a,b,c,colour\n";
        for (int i = 0; i < 600; ++i) {
            text += QByteArray::number(i % 3);
            for (int f = 0; f < 3; ++f)
                text += "," + QByteArray::number((f == i % 3 ? 400 : 100) + 50 * rng.normal());
            text += rng.chance(0.5) ? ",red\n" : ",blue\n";
        }
        return text + "0,,100,100,red\n";
    }

    void write(const QString& name, const QByteArray& content) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    void studyOf(const QString& table, const QString& workspace, double leastAccuracy) const {
        QCOMPARE(runCli({"study", "new", "--data", table, "--label", "digit", "--out", path("study.json"),
                         "--set", "epochs=6", "--set", "evaluations=5", "--set", "population=4", "--set",
                         "latency_limit=0.02"})
                     .status,
                 0);
        QFile file(path("study.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject study = QJsonDocument::fromJson(file.readAll()).object();
        QCOMPARE(study["label"].toString(), QString("digit"));
        QCOMPARE(study["space"]["kind"].toString(), QString("mlp"));
        const Ended run = runCli({"study", "run", path("study.json"), "--workspace", workspace});
        QVERIFY2(run.status == 0, run.err.constData());
        for (const char* network : {"largest", "smallest"}) {
            const QJsonObject result =
                runCli({"evaluate", workspace, "--network", network, "--part", "test", "--json"})
                    .json()
                    .object();
            const double accuracy = result["accuracy"].toDouble();
            QVERIFY2(accuracy > leastAccuracy, qPrintable(QString("%1: %2").arg(network).arg(accuracy)));
        }
        const QJsonArray points = runCli({"front", workspace, "--json"}).json()["points"].toArray();
        QVERIFY(!points.isEmpty());
        const QString candidate = QString::number(points.last()["candidate"].toInt());
        for (const char* format : {"onnx", "torchscript", "safetensors"}) {
            const Ended exported =
                runCli({"export", workspace, candidate, "--format", format, "--out", path(format)});
            QVERIFY2(exported.status == 0, exported.err.constData());
        }
    }

private slots:
    void data_info_describes_a_table() {
        write("clouds.csv", clouds());
        const QJsonObject info =
            runCli({"data", "info", path("clouds.csv"), "--label", "digit", "--json"}).json().object();
        QCOMPARE(info["kind"].toString(), QString("table"));
        QCOMPARE(info["samples"].toInt(), 601);
        QCOMPARE(info["shape"].toArray(), (QJsonArray{5, 1, 1}));
        QCOMPARE(info["classes"].toArray(), (QJsonArray{"0", "1", "2"}));
        const QJsonObject table = info["table"].toObject();
        QCOMPARE(table["label"].toString(), QString("digit"));
        QCOMPARE(table["features"].toArray(), (QJsonArray{"a", "b", "c", "colour=blue", "colour=red"}));
        QCOMPARE(table["missing_numbers"].toInt(), 1);
        const QByteArray said = runCli({"data", "info", path("clouds.csv"), "--label", "digit"}).out;
        QVERIFY2(said.contains("1 numbers are missing"), said.constData());
        const Ended refused = runCli({"data", "info", path("clouds.csv"), "--label", "price"});
        QVERIFY(refused.status == 1 && refused.err.contains("it has no column 'price'"));
    }

    void a_study_of_a_table_is_trained_searched_and_exported() {
        write("clouds.csv", clouds());
        studyOf(path("clouds.csv"), path("clouds.greenfront"), 95);
        QFile card(path("onnx.md"));
        QVERIFY(card.open(QIODevice::ReadOnly));
        const QByteArray text = card.readAll();
        QVERIFY2(text.contains("tabular-classification") && text.contains("colour=blue"), text.constData());
    }

    void a_real_table_too() {
        const auto root = qEnvironmentVariable("GREENFRONT_TEST_DATA");
        if (root.isEmpty() || !QFile::exists(root + "/usps"))
            QSKIP("GREENFRONT_TEST_DATA names no folder with the USPS data");
        write("digits.csv", digits(*data::open((root + "/usps").toStdString())));
        studyOf(path("digits.csv"), path("digits.greenfront"), 75);
    }
};

QTEST_GUILESS_MAIN(TestTableCli)
#include "test_table_cli.moc"
