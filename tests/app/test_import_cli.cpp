// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "program.h"
#include "tests/support/optuna_file.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::testing;

class TestImportCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    int files_ = 0;

    QString newPath(const QString& suffix) {
        return folder_.filePath("file" + QString::number(files_++) + suffix);
    }
    QString table(const std::string& content) {
        const QString path = newPath(".csv");
        writeFile(path.toStdString(), content);
        return path;
    }
    QString demo() {
        const QString path = newPath(".db");
        makeOptunaFile(path.toStdString(), OptunaGeneration::Three);
        addDemoStudy(path.toStdString(), OptunaGeneration::Three);
        return path;
    }
    static QJsonObject firstStudy(const Ended& ended) {
        return ended.json().object()["studies"].toArray().first().toObject();
    }
    void refuses(const QStringList& arguments, const QByteArray& because) {
        const QString workspace = newPath(".greenfront");
        const Ended ended = runCli(QStringList{"import", workspace} + arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed && ended.out.isEmpty(), ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
        QVERIFY(!QFile::exists(workspace));
    }

private slots:
    void an_optuna_file_needs_nothing_said() {
        const QString workspace = newPath(".greenfront"), file = demo();
        const Ended ended = runCli({"import", workspace, file, "--json"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject study = firstStudy(ended);
        QCOMPARE(study["name"].toString(), "demo");
        QCOMPARE(study["already"].toBool(true), false);
        QCOMPARE(study["trials"].toObject(),
                 (QJsonObject{{"finished", 2}, {"stopped", 1}, {"infeasible", 0}, {"failed", 1}}));
        QCOMPARE(study["unfinished"].toInt(), 1);
        QCOMPARE(study["objectives"].toArray(), QJsonArray{"min:value"});
        QCOMPARE(study["space"].toObject()["parameters"].toArray().size(), 3);
        const Ended again = runCli({"import", workspace, file, "--json"});
        QVERIFY2(again.status == 0, again.err.constData());
        QCOMPARE(firstStudy(again)["already"].toBool(), true);
        QCOMPARE(firstStudy(again)["study"].toInt(), study["study"].toInt(-1));
    }

    void a_person_reads_what_was_taken() {
        const Ended ended = runCli({"import", newPath(".greenfront"), demo()});
        QVERIFY2(ended.status == 0, ended.err.constData());
        for (const char* text :
             {"'demo' of Optuna 3.6.1", "4 trials: 2 finished, 1 stopped, 0 infeasible, 1 failed",
              "1 that had not ended", "objectives: min:value", "1e-05 to 0.1, log", "16 to 128, step 16",
              "sgd, adam"})
            QVERIFY2(ended.out.contains(text), ended.out.constData());
    }

    void a_table_takes_its_columns_by_name() {
        const QString file = table("lr,width,acc,lat\n0.1,8,0.9,5\n0.2,16,0.8,4\n0.3,24,,4\n");
        const Ended ended =
            runCli({"import", newPath(".greenfront"), file, "--objective", "max:acc", "--objective",
                    "min:lat", "--parameters", "lr,width", "--name", "mine", "--json"});
        QVERIFY2(ended.status == 0, ended.err.constData());
        const QJsonObject study = firstStudy(ended);
        QCOMPARE(study["name"].toString(), "mine");
        QCOMPARE(study["objectives"].toArray(), (QJsonArray{"max:acc", "min:lat"}));
        QCOMPARE(study["trials"].toObject()["finished"].toInt(), 2);
        QCOMPARE(study["trials"].toObject()["failed"].toInt(), 1);
    }

    void says_what_is_wrong_and_makes_no_workspace() {
        const QString file = table("lr,width,acc\n0.1,8,0.9\n0.2,16,0.8\n");
        refuses({"absent.csv", "--objective", "max:acc"}, "absent.csv");
        refuses({file}, "Name them with --objective");
        refuses({file, "--objective", "max:acc"}, "which of its columns are parameters: lr, width");
        refuses({file, "--objective", "up:acc"}, "'up' is no direction");
        refuses({demo(), "--name", "other"}, "it holds no study 'other'");
        QCOMPARE(runCli({"import", file}).status, 2);
    }
};

QTEST_GUILESS_MAIN(TestImportCli)
#include "test_import_cli.moc"
