// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"
#include "program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QtTest>
#include <csignal>

using namespace greenfront;
using namespace greenfront::testing;

namespace {

/// The square of the distance from 0.3, told in three steps, of the parameter x.
constexpr const char* bowl =
    "sh -c 'awk -v x={x} \"BEGIN { for (s = 1; s <= 3; ++s) "
    "printf \\\"{\\\\\\\"step\\\\\\\": %d, \\\\\\\"loss\\\\\\\": %.9f}\\n\\\", s, (x - 0.3)^2 + 1 / s }\"'";

void interruptIt(QProcess& process) {
    kill(static_cast<pid_t>(process.processId()), SIGINT);
}

void killIt(QProcess& process) {
    process.kill();
}

} // namespace

/// greenfront-cli tune, with programs of a line.
class TestTuneCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    int number_ = 0;

    QString write(const QString& name, const std::string& content) const {
        const QString path = folder_.filePath(name);
        writeFile(path.toStdString(), content);
        return path;
    }
    QString space() const {
        return write("space.json",
                     "{\"parameters\": [{\"name\": \"x\", \"type\": \"float\", \"low\": 0, \"high\": 1}]}");
    }
    QString workspace() { return folder_.filePath(QString("w%1.greenfront").arg(++number_)); }
    QStringList tune(const QString& workspace, const QString& command, int trials) const {
        return {"tune",        "--space",  space(),
                "--command",   command,    "--objective",
                "min:loss",    "--trials", QString::number(trials),
                "--workspace", workspace,  "--json"};
    }
    static QJsonObject run(const QStringList& arguments) {
        const Ended ended = runCli(arguments);
        if (ended.status != 0)
            qWarning("%s", ended.err.constData());
        return ended.json().object();
    }
    static QString reasonOf(const QJsonObject& result, int trial = 0) {
        return result["trials"].toArray()[trial].toObject()["reason"].toString();
    }
    static QString outcomeOf(const QJsonObject& result, int trial = 0) {
        return result["trials"].toArray()[trial].toObject()["outcome"].toString();
    }
    static void refuses(const QStringList& arguments, const QByteArray& because) {
        const Ended ended = runCli(arguments);
        QVERIFY2(ended.status == 1 && !ended.crashed && ended.out.isEmpty(), ended.err.constData());
        QVERIFY2(ended.err.contains(because), ended.err.constData());
    }
    /// The only trial of a study of this program.
    QJsonObject oneTrial(const QString& command, const QStringList& more = {}) {
        return run(tune(workspace(), command, 1) + more);
    }

private slots:
    void a_programs_parameters_are_searched() {
        const QJsonObject result = run(tune(workspace(), bowl, 25));
        QCOMPARE(result["trials"].toArray().size(), 25);
        QCOMPARE(result["front"].toArray().size(), 1);
        const int best = result["front"].toArray()[0].toInt();
        for (const QJsonValue& value : result["trials"].toArray()) {
            const QJsonObject trial = value.toObject();
            QCOMPARE(trial["outcome"].toString(), QString("finished"));
            const double x = trial["parameters"].toObject()["x"].toDouble();
            const double loss = trial["objectives"].toObject()["loss"].toDouble();
            QVERIFY(std::abs(loss - (x - 0.3) * (x - 0.3) - 1.0 / 3) < 1e-6);
            QVERIFY(trial["joules"].toDouble() > 0 && trial["low"].toDouble() < trial["high"].toDouble());
            if (trial["number"].toInt() == best)
                QVERIFY2(std::abs(x - 0.3) < 0.1, qPrintable(QString::number(x)));
        }
    }

    void parameters_come_as_variables_too_and_never_leave_their_word() {
        const QString space = write("texts.json", "{\"parameters\": [\n"
                                                  "{\"name\": \"my-text\", \"type\": \"categorical\", "
                                                  "\"values\": [\"a b; exit 3\", \"$HOME \\\"x\\\"\"]}]}");
        const QString command = QString("sh -c 'test \"$1\" = \"$GREENFRONT_PARAM_MY_TEXT\" && echo "
                                        "\"{\\\"loss\\\": 1}\"' name {my-text}");
        const QJsonObject result = run({"tune", "--space", space, "--command", command, "--objective",
                                        "min:loss", "--trials", "5", "--workspace", workspace(), "--json"});
        QCOMPARE(result["trials"].toArray().size(), 2); // there is no third value
        for (int trial = 0; trial < 2; ++trial)
            QVERIFY2(outcomeOf(result, trial) == "finished", qPrintable(reasonOf(result, trial)));
    }

    void energy_is_an_objective_that_greenfront_measures() {
        QStringList arguments = tune(workspace(), bowl, 4);
        arguments << "--objective"
                  << "min:energy_j"
                  << "--jobs"
                  << "2";
        const QJsonObject result = run(arguments);
        QCOMPARE(result["trials"].toArray().size(), 4);
        QVERIFY(!result["front"].toArray().isEmpty());
        for (const QJsonValue& value : result["trials"].toArray()) {
            const QJsonObject trial = value.toObject();
            QCOMPARE(trial["objectives"].toObject()["energy_j"].toDouble(), trial["joules"].toDouble());
        }
    }

    void a_policy_stops_trials_early() {
        // Told slowly, so that there is something to stop.
        const QString slow =
            "sh -c 'for s in 1 2 3 4 5 6; do echo \"{\\\"loss\\\": $1}\"; sleep 0.2; done' name {x}";
        const QJsonObject result =
            run(tune(workspace(), slow, 6) + QStringList{"--policy", "bandit:slack_factor=0.01"});
        int stopped = 0;
        for (int i = 0; i < 6; ++i) {
            if (outcomeOf(result, i) != "stopped")
                continue;
            ++stopped;
            QVERIFY2(reasonOf(result, i).startsWith("bandit: "), qPrintable(reasonOf(result, i)));
        }
        QVERIFY(stopped > 0);
        QVERIFY(outcomeOf(result, 0) == "finished"); // nothing to compare it with
    }

    void a_constraint_makes_trials_infeasible() {
        const QJsonObject result =
            run(tune(workspace(), bowl, 12) + QStringList{"--constraint", "loss<=0.4"});
        int infeasible = 0;
        for (const QJsonValue& value : result["trials"].toArray()) {
            const double x = value.toObject()["parameters"].toObject()["x"].toDouble();
            const bool holds = (x - 0.3) * (x - 0.3) + 1.0 / 3 <= 0.4;
            QCOMPARE(value.toObject()["outcome"].toString(), QString(holds ? "finished" : "infeasible"));
            infeasible += holds ? 0 : 1;
        }
        QVERIFY(infeasible > 0);
    }

    void what_is_wrong_with_a_trial_is_its_reason_data() {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char* name, const char* command, const char* reason) {
            QTest::addRow("%s", name) << QString(command) << QString(reason);
        };
        row("status", "sh -c 'exit 3'", "it ended with status 3");
        row("signal", "sh -c 'kill -SEGV $$'", "it was ended by signal 11");
        row("nothing told", "true", "it printed no line of metrics");
        row("another metric", "echo '{\"accuracy\": 1}'", "it never told 'loss'; it told 'accuracy'");
        row("NaN", "echo '{\"loss\": NaN}'", "its last 'loss' is not a number");
        row("infinite", "echo '{\"loss\": -Infinity}'", "its last 'loss' is not a number");
        row("half a line", "printf '{\"loss\": 1'", "it printed no line of metrics");
        row("no JSON", "echo loss=1", "it printed no line of metrics");
        row("told, then failed", "sh -c 'echo \"{\\\"loss\\\": 1}\"; exit 1'", "it ended with status 1");
        row("hangs", "sleep 60", "it took longer than 0.5 s");
        row("hangs and ignores it", "sh -c 'trap \"\" TERM; sleep 1; sleep 1'", "it took longer than 0.5 s");
    }
    void what_is_wrong_with_a_trial_is_its_reason() {
        QFETCH(QString, command);
        QFETCH(QString, reason);
        const QJsonObject result = oneTrial(command, {"--trial-timeout", "0.5"});
        QCOMPARE(outcomeOf(result), QString("failed"));
        QVERIFY2(reasonOf(result).contains(reason), qPrintable(reasonOf(result)));
    }

    void a_last_line_without_an_end_counts() {
        QCOMPARE(outcomeOf(oneTrial("printf '{\"loss\": 1}'")), QString("finished"));
    }

    void a_flood_of_output_is_read_through() {
        const QJsonObject result = oneTrial("sh -c 'yes \"a line that tells nothing\" | head -c 50000000; "
                                            "head -c 5000000 /dev/zero; echo; echo \"{\\\"loss\\\": 2}\"'");
        QCOMPARE(outcomeOf(result), QString("finished"));
    }

    void children_end_with_their_trial() {
        const QString mark = folder_.filePath("mark");
        const QString command =
            QString("sh -c '(sleep 2; touch %1) & (trap \"\" TERM; sleep 2; touch %1) & sleep 60'").arg(mark);
        oneTrial(command, {"--trial-timeout", "0.3"});
        QTest::qWait(2500);
        QVERIFY(!QFile::exists(mark));
    }

    void a_killed_study_goes_on_where_it_stopped() {
        const QString path = workspace();
        const QString slow = QString("sh -c 'sleep 0.5; echo \"{\\\"loss\\\": $1}\"' name {x}");
        const Ended ended = interruptCli(tune(path, slow, 8), " to go", killIt);
        QVERIFY(ended.crashed);
        refuses(tune(path, slow, 8), "has a study of that name already");
        const QJsonObject resumed = run({"tune", "--workspace", path, "--resume", "--json"});
        QCOMPARE(resumed["trials"].toArray().size(), 8);
        const QJsonObject whole = run(tune(workspace(), slow, 8));
        for (int i = 0; i < 8; ++i) {
            const QJsonObject expected = whole["trials"].toArray()[i].toObject();
            const QJsonObject found = resumed["trials"].toArray()[i].toObject();
            QCOMPARE(found["number"], expected["number"]);
            QCOMPARE(found["parameters"], expected["parameters"]);
        }
    }

    void ctrl_c_ends_the_trials_and_keeps_the_study() {
        const QString path = workspace();
        const Ended ended = interruptCli(tune(path, "sleep 30", 3), "1 running", interruptIt);
        QCOMPARE(ended.status, 130);
        QVERIFY2(ended.err.contains("--resume"), ended.err.constData());
    }

    void a_study_is_taken_up_only_as_it_was() {
        const QString path = workspace();
        run(tune(path, bowl, 2));
        const QString other =
            write("other.json",
                  "{\"parameters\": [{\"name\": \"x\", \"type\": \"float\", \"low\": 0, \"high\": 2}]}");
        const QStringList resume{"tune", "--workspace", path, "--resume"};
        refuses(resume + QStringList{"--space", other}, "x");
        refuses(resume + QStringList{"--objective", "max:loss"}, "its objectives");
        refuses(resume + QStringList{"--method", "random"}, "its method");
        refuses(resume + QStringList{"--name", "absent"}, "has none of that name");
        QCOMPARE(run(resume + QStringList{"--trials", "4", "--json"})["trials"].toArray().size(), 4);
    }

    void a_new_study_starts_from_those_before_it() {
        const QString path = workspace();
        run(tune(path, bowl, 25));
        const auto again = [&](const QString& in, const QStringList& more) {
            return run(tune(in, bowl, 1) + QStringList{"--name", more.join(' ')} + more);
        };
        const auto first = [](const QJsonObject& result) {
            return result["trials"].toArray()[0].toObject()["parameters"].toObject()["x"].toDouble();
        };
        const auto learnt = [](const QJsonObject& result) {
            return result["history"].toObject()["text"].toString();
        };
        const QJsonObject warm = again(path, {"--seed", "7"});
        QVERIFY2(std::abs(first(warm) - 0.3) < 0.1, qPrintable(QString::number(first(warm))));
        QVERIFY2(learnt(warm).contains("from 1 study"), qPrintable(learnt(warm)));
        const QJsonObject elsewhere = again(workspace(), {"--seed", "7", "--history", path});
        QCOMPARE(elsewhere["history"].toObject()["sources"].toArray().size(), 2);
        QVERIFY(std::abs(first(elsewhere) - 0.3) < 0.1);
        const QJsonObject cold = again(path, {"--seed", "7", "--no-history"});
        QCOMPARE(learnt(cold), QString("No history"));
        QCOMPARE(first(cold), first(again(workspace(), {"--seed", "7"})));
        refuses(tune(path, bowl, 1) + QStringList{"--resume", "--history", path}, "it began with");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--history", folder_.filePath("none")}, "none");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--meta", "samples"}, "NAME=NUMBER");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--history-option", "hope=1"}, "no such option");
    }

    /// What came to the workspace since does not count: the study keeps what it learnt from.
    void a_study_that_learns_goes_on_as_it_would_have() {
        const QString path = workspace();
        run(tune(path, bowl, 12));
        const QStringList more{"--name", "second", "--method", "rgpe"};
        run(tune(path, bowl, 6) + more);
        run(tune(path, bowl, 5) + QStringList{"--name", "third"});
        const QJsonObject resumed =
            run({"tune", "--workspace", path, "--name", "second", "--resume", "--trials", "9", "--json"});
        const QString other = workspace();
        run(tune(other, bowl, 12));
        const QJsonObject whole = run(tune(other, bowl, 9) + more);
        for (int i = 0; i < 9; ++i)
            QCOMPARE(resumed["trials"].toArray()[i].toObject()["parameters"],
                     whole["trials"].toArray()[i].toObject()["parameters"]);
        QCOMPARE(resumed["history"], whole["history"]);
    }

    void its_carbon_is_reported_and_asked_about() {
        const QString path = workspace();
        const QJsonObject result = run(tune(path, bowl, 2) + QStringList{"--region", "FRA", "--pue", "1.5"});
        const QJsonObject other = run({"carbon", "what-if", path, "--region", "POL", "--json"});
        const double joules = result["joules"].toDouble();
        QVERIFY(std::abs(other["joules"].toDouble() / joules - 1) < 1e-9);
        const QJsonArray scenarios = other["scenarios"].toArray();
        const auto of = [&](int i, const char* key) { return scenarios[i].toObject()[key].toDouble(); };
        QCOMPARE(scenarios[0].toObject()["region"].toString(), QString("FRA"));
        QVERIFY(of(1, "grams") > of(0, "grams"));
        QVERIFY(std::abs(of(0, "grams") / (joules / 3.6e6 * of(0, "intensity_g_per_kwh") * 1.5) - 1) < 1e-9);
        const Ended csv = runCli({"report", path, "--format", "codecarbon-csv"});
        QCOMPARE(csv.status, 0);
        QCOMPARE(csv.out.trimmed().count('\n'), 2); // a heading and a line a trial
        const Ended sci = runCli({"report", path, "--format", "sci"});
        QVERIFY2(sci.out.contains("every trial of the search for parameters"), sci.out.constData());
        for (const char* format : {"model-card", "mlco2", "boamps", "html"})
            QCOMPARE(runCli({"report", path, "--format", format}).status, 0);
    }

    void a_budget_ends_it() {
        const QString slow = QString("sh -c 'sleep 0.2; echo \"{\\\"loss\\\": 1}\"'");
        const QJsonObject result = run(tune(workspace(), slow, 500) + QStringList{"--budget", "seconds=2"});
        const auto trials = result["trials"].toArray().size();
        QVERIFY2(trials > 2 && trials < 11, qPrintable(QString::number(trials)));
    }

    void a_studys_own_recipe_is_tuned() {
        const QString study = folder_.filePath("study.json");
        QCOMPARE(runCli({"study", "new", "--data", "builtin:samples=300,size=16,seed=1", "--out", study,
                         "--set", "epochs=2"})
                     .status,
                 0);
        const QJsonObject result =
            run({"tune", "--study", study, "--objective", "max:accuracy_largest", "--objective",
                 "min:energy_j", "--trials", "3", "--workspace", workspace(), "--json"});
        QCOMPARE(result["trials"].toArray().size(), 3);
        for (int i = 0; i < 3; ++i) {
            QVERIFY2(outcomeOf(result, i) == "finished", qPrintable(reasonOf(result, i)));
            const QJsonObject parameters = result["trials"].toArray()[i].toObject()["parameters"].toObject();
            for (const char* name :
                 {"learning_rate", "weight_decay", "batch_size", "augment", "teacher_weight"})
                QVERIFY2(parameters.contains(name), name);
        }
    }

    void says_what_is_wrong_before_anything_runs() {
        refuses(tune(workspace(), "/no/such/program", 1), "Cannot start /no/such/program");
        refuses(tune(workspace(), "echo {y}", 1), "no parameter of that name");
        refuses(tune(workspace(), "echo 'x", 1), "never closed");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--method", "hope"}, "no such method");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--policy", "hope"}, "no such policy");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--budget", "hours=1"}, "nothing that is known");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--constraint", "loss"}, "neither <= nor >=");
        refuses(tune(workspace(), bowl, 1) + QStringList{"--region", "nowhere"}, "nowhere");
        QCOMPARE(runCli({"tune", "--workspace", workspace()}).status, 2);
    }

    void spaces_that_cannot_be_searched_are_refused_data() {
        QTest::addColumn<QString>("parameter");
        const auto row = [](const char* name, const char* json) {
            QTest::addRow("%s", name) << QString(json);
        };
        row("reversed", "{\"name\": \"x\", \"type\": \"float\", \"low\": 1, \"high\": 0}");
        row("log of zero",
            "{\"name\": \"x\", \"type\": \"float\", \"low\": 0, \"high\": 1, \"distribution\": \"log\"}");
        row("one value", "{\"name\": \"x\", \"type\": \"categorical\", \"values\": [\"a\"]}");
        row("on itself",
            "{\"name\": \"x\", \"type\": \"categorical\", \"values\": [1, 2], \"when\": {\"x\": [1]}}");
    }
    void spaces_that_cannot_be_searched_are_refused() {
        QFETCH(QString, parameter);
        const QString file = write("bad.json", "{\"parameters\": [" + parameter.toStdString() + "]}");
        const QString path = workspace();
        refuses(
            {"tune", "--space", file, "--command", "true", "--objective", "min:loss", "--workspace", path},
            "'x'");
    }
};

QTEST_GUILESS_MAIN(TestTuneCli)
#include "test_tune_cli.moc"
