// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/search_space.h"
#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

/// `space show`: what the editor of the window shows live.
class TestSpaceCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    const QString data_ = "builtin:samples=100,size=16";
    QString path(const QString& name) const { return folder_.filePath(name); }
    void write(const QString& name, const QByteArray& content) const {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static QJsonObject shown(const QStringList& arguments) {
        return runCli(QStringList{"space", "show", "--json"} + arguments).json().object();
    }
    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(QStringList{"space", "show"} + arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed && ended.out.isEmpty(), ended.out.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }

private slots:
    void initTestCase() {
        QCOMPARE(runCli({"study", "new", "--data", data_, "--out", path("study.json")}).status, 0);
    }

    void a_kind_is_scaled_to_the_data() {
        const QJsonObject space = shown({"--space", "mobilenet-v3", "--data", data_});
        QCOMPARE(space["kind"].toString(), QString("mobilenet-v3"));
        QVERIFY(space["networks"].toDouble() > 1e19 && space["networks"].toDouble() < 3e19);
        for (const char* end : {"smallest", "largest"}) {
            QCOMPARE(space[end]["resolution"].toInt(), 16);
            QVERIFY(space[end]["activation_bytes"].toDouble() > 0);
        }
        for (const char* cost : {"parameters", "macs"})
            QVERIFY(space["smallest"][cost].toDouble() < space["largest"][cost].toDouble());
        const Ended text = runCli({"space", "show", "--space", "mobilenet-v3", "--data", data_});
        QVERIFY2(text.out.startsWith("mobilenet-v3: 2.2 × 10¹⁹ networks\n"), text.out.constData());
    }

    void a_study_and_its_space_in_a_file_are_the_same() {
        const QJsonObject ofStudy = shown({path("study.json")});
        QVERIFY(ofStudy["networks"].toDouble() > 1);
        QCOMPARE(shown({"--data", data_}), ofStudy); // what study new proposes
        QFile file(path("study.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        write("space.json",
              QJsonDocument(QJsonDocument::fromJson(file.readAll())["space"].toObject()).toJson());
        QCOMPARE(shown({"--space", path("space.json")}), ofStudy);
        QCOMPARE(shown({"--space", path("space.json"), "--data", data_}), ofStudy);
    }

    void what_has_no_summary_is_explained() {
        refuses({"--space", "mobilenet-v3"}, "--data");
        refuses({"--space", path("absent.json")}, "absent.json");
        write("wrong.json", R"({"kind": "transformer"})");
        refuses({"--space", path("wrong.json")}, "'transformer'");
        write("other.json",
              QByteArray::fromStdString(arch::proposedSpace("mobilenet-v3", {3, 32, 32}, 10).dump()));
        refuses({"--space", path("other.json"), "--data", data_}, "another image size");
    }
};

QTEST_GUILESS_MAIN(TestSpaceCli)
#include "test_space_cli.moc"
