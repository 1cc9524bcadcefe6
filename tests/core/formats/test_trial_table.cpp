// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/trial_table.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace greenfront;
using namespace greenfront::formats;
namespace fs = std::filesystem;

class TestTrialTable : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;

    fs::path write(const std::string& content) const {
        const fs::path file = fs::path(folder_.path().toStdString()) / "trials.csv";
        writeFile(file, content);
        return file;
    }
    static TrialTableOptions asking(std::vector<TrialObjective> objectives,
                                    std::vector<std::string> parameters = {}) {
        return {.name = "t", .objectives = std::move(objectives), .parameters = std::move(parameters)};
    }
    static TrialTableOptions lowest(const std::string& name, std::vector<std::string> parameters = {}) {
        return asking({{name, Direction::Minimise}}, std::move(parameters));
    }
    void refuses(const std::string& content, const TrialTableOptions& options, const char* because) const {
        QString said;
        try {
            readTrialTable(write(content), options);
        } catch (const Error& error) {
            said = error.what();
        }
        QVERIFY2(said.contains(because), qPrintable("it said: " + said));
    }
    static Json entryOf(const TrialStudy& study, const std::string& name) {
        for (const Json& entry : study.space["parameters"])
            if (entry["name"] == name)
                return entry;
        return nullptr;
    }
    /// As Optuna's trials_dataframe().to_csv() writes it; "beta" exists for adam alone.
    static std::string optuna() {
        return ",number,value,datetime_start,datetime_complete,duration,params_beta,params_lr,params_n,"
               "params_opt,user_attrs_note,system_attrs_x,state\n"
               "0,0,0.5,2024-03-01 10:00:00.000000,2024-03-01 10:00:01.500000,0 days 00:00:01.500000,,"
               "0.01,4,sgd,\"a, \"\"b\"\"\",,COMPLETE\n"
               "1,1,0.25,2024-03-01 10:00:02.000000,2024-03-01 10:01:02.000000,0 days 00:01:00,0.9,0.02,8,"
               "adam,,,COMPLETE\n"
               "2,2,0.75,2024-03-01 10:02:00.000000,2024-03-01 10:02:03.000000,0 days 00:00:03,0.5,0.03,16,"
               "adam,,,PRUNED\n"
               "3,3,,2024-03-01 10:03:00.000000,2024-03-01 10:03:03.000000,0 days 00:00:03,,0.05,16,sgd,,,"
               "FAIL\n"
               "4,4,,2024-03-01 10:04:00.000000,,,,0.9,999,sgd,,,RUNNING\n"
               "5,5,0.3,,,,,0.04,32,sgd,,,COMPLETE\n";
    }

private slots:
    void a_data_frame_of_optuna_says_what_its_parameters_are() {
        const auto study = readTrialTable(write(optuna()), lowest("value"));
        QCOMPARE(study.trials.size(), std::size_t{5});
        QCOMPARE(study.unfinished, std::size_t{1});
        QVERIFY(entryOf(study, "lr") == Json({{"name", "lr"},
                                              {"type", "float"},
                                              {"distribution", "uniform"},
                                              {"low", 0.01},
                                              {"high", 0.05}}));
        QVERIFY(entryOf(study, "n") == Json({{"name", "n"},
                                             {"type", "integer"},
                                             {"distribution", "uniform"},
                                             {"low", 4},
                                             {"high", 32}})); // the trial that runs does not count
        QVERIFY(entryOf(study, "opt")["values"] == Json({"sgd", "adam"}));
        QVERIFY(entryOf(study, "beta")["when"] == Json({{"opt", {"adam"}}}));
        QVERIFY(study.trials[0].parameters == Json({{"lr", 0.01}, {"n", 4}, {"opt", "sgd"}}));
        QCOMPARE(study.trials[0].seconds.value().value, 1.5);
        QCOMPARE(study.trials[1].seconds.value().value, 60.0);
        QVERIFY(study.trials[2].end == TrialEnd::Stopped);
        QCOMPARE(study.trials[2].objectives, std::vector<double>{0.75});
        QVERIFY(study.trials[3].end == TrialEnd::Failed);
        QCOMPARE(study.trials[4].number, std::uint64_t{5});
        QVERIFY(!study.trials[4].seconds);
    }

    void values_are_found_without_what_stands_before_their_names() {
        const auto study = readTrialTable(
            write("config.lr;config/width;metrics.acc;values_ms;runtime\n0,1;8;0,9;5;12,5\n0,2;16;0,95;7;\n"),
            asking({{"acc", Direction::Maximise}, {"ms", Direction::Minimise}}));
        QCOMPARE(study.space["parameters"].size(), std::size_t{2});
        QVERIFY(study.trials[0].parameters == Json({{"lr", 0.1}, {"width", 8}}));
        QCOMPARE(study.trials[1].objectives, (std::vector<double>{0.95, 7}));
        QCOMPARE(study.trials[0].seconds.value().value, 12.5);
        QCOMPARE(study.objectives[0].name, std::string("acc"));
    }

    void what_a_parameter_is_follows_from_all_of_its_cells() {
        const auto study = readTrialTable(
            write("whole,gaps,real,mixed,truth,text,constant,empty,loss\n"
                  "1,1.0,1.0,1,True,a,7,,1\n2,,2.0,auto,False,b,7,,2\n3,3.0,4.0,2,True,\"c,d\",7,,3\n"),
            lowest("loss", {"whole", "gaps", "real", "mixed", "truth", "text", "constant", "empty"}));
        QVERIFY(entryOf(study, "whole")["type"] == "integer");
        QVERIFY(entryOf(study, "gaps")["type"] == "integer");
        QVERIFY(entryOf(study, "real")["type"] == "float");
        QVERIFY(entryOf(study, "mixed")["values"] == Json({"1", "auto", "2"}));
        QVERIFY(entryOf(study, "truth")["values"] == Json({true, false}));
        QVERIFY(entryOf(study, "text")["values"] == Json({"a", "b", "c,d"}));
        QVERIFY(study.fixed == Json({{"constant", 7}, {"empty", nullptr}}));
        QVERIFY(!study.trials[1].parameters.contains("gaps"));
    }

    void a_trial_without_a_number_failed() {
        const auto study =
            readTrialTable(write("x,loss,status\n1,nan,ok\n2,,done\n3,inf,done\n4,1e999,done\n5,0.5,done\n"),
                           lowest("loss", {"x"}));
        for (std::size_t i = 0; i < 4; ++i) {
            QVERIFY(study.trials[i].end == TrialEnd::Failed);
            QCOMPARE(study.trials[i].reason, std::string("it has no number for loss"));
        }
        QVERIFY(study.trials[4].end == TrialEnd::Finished);
        QCOMPARE(study.notes.size(), std::size_t{1}); // "ok" is no state, so none is read
    }

    void states_of_other_programs_are_known() {
        const auto study = readTrialTable(write("x,reward,Status\n1,1,SUCCEEDED\n2,2,EARLY_STOPPED\n"
                                                "3,3,FAILED\n4,4,Running\n5,5,Canceled\n6,6,infeasible\n"),
                                          lowest("reward", {"x"}));
        QCOMPARE(study.unfinished, std::size_t{1});
        const std::vector<TrialEnd> ends{TrialEnd::Finished, TrialEnd::Stopped, TrialEnd::Failed,
                                         TrialEnd::Stopped, TrialEnd::Infeasible};
        for (std::size_t i = 0; i < ends.size(); ++i)
            QVERIFY(study.trials[i].end == ends[i]);
        QVERIFY(study.trials[4].violation > 0);
    }

    void what_it_cannot_tell_it_asks_for() {
        const std::string table = "lr,width,acc,lat\n0.1,8,0.9,5\n0.2,16,0.8,4\n";
        refuses(table, lowest("lat"), "which of its columns are parameters: lr, width, acc");
        refuses(table, lowest("lat"), "--parameters lr,...");
        refuses(table, asking({}, {"lr", "width"}), "--objective min:COLUMN or max:COLUMN, of acc, lat");
        refuses(optuna(), asking({}), "of value.");
        refuses(table, lowest("speed", {"lr"}),
                "it has no column 'speed'. Its columns are lr, width, acc, lat");
        refuses(table, lowest("lat", {"depth"}), "it has no column 'depth'");
        refuses(table, lowest("lat", {"lat"}), "asked for twice");
        refuses("params_x,config.x,loss\n1,2,3\n", lowest("loss"),
                "two of its columns are the parameter 'x'");
        refuses("params_x,metrics.a,values_a\n1,2,3\n", lowest("a"), "several of its columns could be 'a'");
    }

    void what_is_no_table_is_refused() {
        refuses("", lowest("loss", {"x"}), "empty");
        refuses("x,loss\n", lowest("loss", {"x"}), "no row below its heading");
        refuses("x,x,loss\n1,2,3\n", lowest("loss", {"x"}), "two of its columns are named 'x'");
        refuses("x,loss\n1,2\n3\n", lowest("loss", {"x"}), "line 3 has 1 columns instead of 2");
        refuses("x,loss\n\"1,2\n", lowest("loss", {"x"}), "quote");
        refuses(std::string("x,loss\0\n", 8), lowest("loss", {"x"}), "bytes that no text has");
        refuses("x,loss\n" + std::string(5000, 'a') + ",1\nb,2\n", lowest("loss", {"x"}),
                "more than 4096 bytes");
        std::string many = "x,loss\n";
        for (int i = 0; i <= 10'000; ++i)
            many += "text" + std::to_string(i) + ",1\n";
        refuses(many, lowest("loss", {"x"}), "more than 10000 different texts");
    }

    void texts_that_are_no_utf8_are_made_so() {
        const auto study = readTrialTable(write("x,loss\n\xE9t\xE9,1\nhiver,2\n"), lowest("loss", {"x"}));
        QVERIFY(entryOf(study, "x")["values"][0] == "été");
    }
};

QTEST_APPLESS_MAIN(TestTrialTable)
#include "test_trial_table.moc"
