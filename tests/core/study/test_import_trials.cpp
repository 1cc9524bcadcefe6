// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/import_trials.h"

#include "core/base/file.h"
#include "core/store/runs.h"
#include "core/store/studies.h"
#include "tests/core/store/store_fixture.h"
#include "tests/support/optuna_file.h"

#include <QtTest>

using namespace greenfront;
using namespace greenfront::study;
using namespace greenfront::testing;

class TestImportTrials : public QObject {
    Q_OBJECT

private:
    store::TestFolder folder_;
    int files_ = 0;

    std::filesystem::path newPath(const std::string& suffix) {
        return folder_ / ("file" + std::to_string(files_++) + suffix);
    }
    std::filesystem::path demo() {
        const auto file = newPath(".db");
        makeOptunaFile(file, OptunaGeneration::Three);
        addDemoStudy(file, OptunaGeneration::Three);
        return file;
    }
    std::filesystem::path table(const std::string& content) {
        const auto file = newPath(".csv");
        writeFile(file, content);
        return file;
    }
    store::Workspace workspace() { return store::Workspace::create(newPath(".greenfront")); }
    static ImportOptions lowest(const std::string& name) {
        return {.name = {}, .objectives = {{name, Direction::Minimise}}, .parameters = {}};
    }

private slots:
    void trials_lie_in_the_workspace_as_if_they_had_run_there() {
        auto workspace = this->workspace();
        const auto file = demo();
        const auto imported = importTrials(workspace, readTrials(file, {}));
        QCOMPARE(imported.size(), std::size_t{1});
        QVERIFY(!imported.front().found);
        const auto study = store::findStudy(workspace, imported.front().id).value();
        QCOMPARE(study.kind, std::string(store::tuningKind));
        QCOMPARE(study.name, std::string("demo"));
        QCOMPARE(study.config["format"], Json("greenfront-tuning"));
        QCOMPARE(study.config["version"], Json(1));
        QCOMPARE(study.config["objectives"], Json({"min:value"}));
        QCOMPARE(study.config["source"]["study"], Json("demo"));
        const auto data = store::findData(workspace, study.dataHash).value();
        QCOMPARE(data.kind, std::string("import"));
        QCOMPARE(data.name, file.filename().string());
        QCOMPARE(data.hash.size(), std::string("import-").size() + 64);

        const auto trials = store::trialsOf(workspace, study.id);
        const auto space = search::parameterSpaceFromJson(study.config["space"]);
        QCOMPARE(trials.size(), std::size_t{4});
        for (std::size_t i = 0; i < trials.size(); ++i) {
            QCOMPARE(trials[i].number, std::uint64_t{i});
            QVERIFY(space.named(space.assignment(trials[i].parameters)) == trials[i].parameters);
        }
        QVERIFY(trials[0].result->outcome == store::TrialOutcome::Finished);
        QCOMPARE(trials[1].result->objectives, std::vector<double>{0.25});
        QCOMPARE(trials[1].seconds.value, 90.5);
        QVERIFY(trials[2].result->outcome == store::TrialOutcome::Stopped);
        QVERIFY(trials[3].result->outcome == store::TrialOutcome::Failed);
        QVERIFY(!trials[3].result->reason.empty());
        const auto reported = store::series(workspace, trials[2].run, "value");
        QCOMPARE(reported.size(), std::size_t{2});
        QCOMPARE(reported[1].value, 0.8);
    }

    void the_same_file_is_found_again() {
        auto workspace = this->workspace();
        const auto file = demo();
        const auto first = importTrials(workspace, readTrials(file, {}));
        const auto second = importTrials(workspace, readTrials(file, {}));
        QVERIFY(second.front().found && second.front().id == first.front().id);
        QCOMPARE(store::allStudies(workspace, store::tuningKind).size(), std::size_t{1});
        // Read another way, or with trials that came since, it is another study.
        QVERIFY(!importTrials(workspace, readTrials(file, lowest("loss"))).front().found);
        runSql(file, "UPDATE trials SET state = 'FAIL' WHERE state = 'RUNNING'");
        QVERIFY(!importTrials(workspace, readTrials(file, {})).front().found);
    }

    void a_table_is_found_again_under_another_name() {
        auto workspace = this->workspace();
        const auto file = table("params_x,loss\n1,2\n2,1\n");
        ImportOptions options = lowest("loss");
        importTrials(workspace, readTrials(file, options));
        options.name = "other";
        QVERIFY(importTrials(workspace, readTrials(file, options)).front().found);
    }

    void what_lies_outside_the_space_is_left_out_and_counted() {
        const auto read =
            readTrials(table("params_a,params_b,loss\n1,x,1\n2,y,2\n,x,3\n3,,4\n"), lowest("loss"));
        const TrialsToImport& study = read.studies.front();
        QCOMPARE(study.trials.size(), std::size_t{2});
        QCOMPARE(study.outside, std::size_t{2});
        QCOMPARE(study.firstOutside, std::string("trial 2: 'a' has no value"));
    }

    void trials_come_in_the_order_in_which_they_ended() {
        const auto read = readTrials(table("number,params_a,loss,datetime_complete\n"
                                           "0,1,1,2024-01-01 00:00:03\n1,2,2,2024-01-01 00:00:01.5\n"
                                           "2,3,3,2024-01-01 00:00:01.25\n"),
                                     lowest("loss"));
        QCOMPARE(read.studies.front().trials[0].number, std::uint64_t{2});
        QCOMPARE(read.studies.front().trials[2].number, std::uint64_t{0});
    }

    void several_studies_are_kept_together_and_empty_ones_are_named() {
        const auto file = demo();
        runSql(file, "INSERT INTO studies VALUES (2, 'empty');"
                     "INSERT INTO study_directions VALUES (2, 'MAXIMIZE', 2, 0);");
        const auto read = readTrials(file, {});
        QCOMPARE(read.studies.size(), std::size_t{1});
        QCOMPARE(read.leftOut, std::vector<std::string>{"'empty': no trial of it has ended"});
        COMPLAINS("'empty': no trial of it has ended",
                  readTrials(file, {.name = "empty", .objectives = {}, .parameters = {}}));
    }

    void what_cannot_be_kept_is_refused() {
        COMPLAINS("none of its parameters has two values",
                  readTrials(table("params_a,loss\n1,1\n1,2\n"), lowest("loss")));
        COMPLAINS("says itself what its parameters are",
                  readTrials(demo(), {.name = {}, .objectives = {}, .parameters = {"lr"}}));
        const auto huge = demo();
        runSql(huge, "UPDATE trial_params SET distribution_json = '{\"name\": \"IntDistribution\", "
                     "\"attributes\": {\"low\": 0, \"high\": 1e300}}' WHERE param_name = 'width'");
        COMPLAINS("'width'", readTrials(huge, {}));
    }
};

QTEST_APPLESS_MAIN(TestImportTrials)
#include "test_import_trials.moc"
