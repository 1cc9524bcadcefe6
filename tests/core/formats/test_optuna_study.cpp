// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/formats/optuna_study.h"
#include "tests/support/optuna_file.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <functional>
#include <sqlite3.h>

using namespace greenfront;
using namespace greenfront::formats;
using namespace greenfront::testing;
namespace fs = std::filesystem;

Q_DECLARE_METATYPE(greenfront::testing::OptunaGeneration)

class TestOptunaStudy : public QObject {
    Q_OBJECT

private:
    QTemporaryDir folder_;
    int files_ = 0;

    fs::path newPath() {
        return fs::path(folder_.path().toStdString()) / ("study" + std::to_string(files_++) + ".db");
    }
    fs::path emptyFile(OptunaGeneration generation = OptunaGeneration::Three) {
        const fs::path file = newPath();
        makeOptunaFile(file, generation);
        return file;
    }
    fs::path demo(OptunaGeneration generation = OptunaGeneration::Three, const std::string& sql = {}) {
        const fs::path file = emptyFile(generation);
        addDemoStudy(file, generation);
        runSql(file, sql);
        return file;
    }
    /// A study of the third generation with one value to minimise.
    fs::path study(const std::string& trials) {
        const fs::path file = emptyFile();
        runSql(file, "INSERT INTO studies VALUES (1, 's'); "
                     "INSERT INTO study_directions VALUES (1, 'MINIMIZE', 1, 0);" +
                         trials);
        return file;
    }
    static std::string trial(int id, const std::string& state, const std::string& value = {}) {
        const std::string number = std::to_string(id);
        return "INSERT INTO trials VALUES (" + number + ", " + number + ", 1, '" + state + "', NULL, NULL);" +
               (value.empty()
                    ? ""
                    : "INSERT INTO trial_values VALUES (" + number + ", " + number + ", 0, " + value + ");");
    }
    static std::string parameter(int id, const std::string& name, double value, const std::string& kind,
                                 const std::string& attributes) {
        return "INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json) VALUES (" +
               std::to_string(id) + ", '" + name + "', " + std::to_string(value) + ", '{\"name\": \"" + kind +
               "Distribution\", \"attributes\": " + attributes + "}');";
    }
    static Json entryOf(const TrialStudy& study, const std::string& name) {
        for (const Json& entry : study.space["parameters"])
            if (entry["name"] == name)
                return entry;
        return nullptr;
    }
    static void refuses(const fs::path& file, const char* because, const OptunaOptions& options = {}) {
        QString said;
        try {
            readOptunaStudies(file, options);
        } catch (const Error& error) {
            said = error.what();
        }
        QVERIFY2(said.contains(because), qPrintable("it said: " + said));
    }

private slots:
    void both_generations_read_alike_data() {
        QTest::addColumn<OptunaGeneration>("generation");
        QTest::addColumn<QString>("schema");
        QTest::newRow("Optuna 2.10") << OptunaGeneration::Two << "v2.6.0.a";
        QTest::newRow("Optuna 3.6") << OptunaGeneration::Three << "v3.2.0.a";
    }
    void both_generations_read_alike() {
        QFETCH(OptunaGeneration, generation);
        QFETCH(QString, schema);
        const auto studies = readOptunaStudies(demo(generation));
        QCOMPARE(studies.size(), std::size_t{1});
        const TrialStudy& study = studies.front();
        QCOMPARE(study.name, std::string("demo"));
        QCOMPARE(study.source["schema"].get<std::string>(), schema.toStdString());
        QVERIFY(study.objectives == (std::vector<TrialObjective>{{"value", Direction::Minimise}}));
        QVERIFY(study.space == Json::parse(R"({"parameters": [
                    {"name": "lr", "type": "float", "distribution": "log", "low": 1e-5, "high": 0.1},
                    {"name": "width", "type": "integer", "distribution": "uniform", "low": 16, "high": 128,
                     "step": 16},
                    {"name": "optimiser", "type": "categorical", "values": ["sgd", "adam"]}]})"));
        QCOMPARE(study.trials.size(), std::size_t{4});
        QCOMPARE(study.unfinished, std::size_t{1});
        const ForeignTrial& second = study.trials[1];
        QCOMPARE(second.number, std::uint64_t{1});
        QVERIFY(second.parameters == Json({{"lr", 0.002}, {"width", 32}, {"optimiser", "sgd"}}));
        QVERIFY(second.end == TrialEnd::Finished);
        QCOMPARE(second.objectives, std::vector<double>{0.25});
        QCOMPARE(second.seconds.value().value, 90.5);
        const ForeignTrial& pruned = study.trials[2];
        QVERIFY(pruned.end == TrialEnd::Stopped);
        QCOMPARE(pruned.objectives, std::vector<double>{0.8});
        QVERIFY(pruned.reported == (std::vector<std::pair<std::int64_t, double>>{{0, 0.9}, {1, 0.8}}));
        QVERIFY(study.trials[3].end == TrialEnd::Failed);
        QVERIFY(study.trials[3].objectives.empty());
    }

    void every_distribution_is_known() {
        const std::string trials = trial(1, "COMPLETE", "1, 'FINITE'") + trial(2, "COMPLETE", "2, 'FINITE'");
        std::string sql = trials;
        for (const int id : {1, 2})
            sql += parameter(id, "a", 0.5, "Uniform", R"({"low": -1, "high": 1.5})") +
                   parameter(id, "b", 0.5, "LogUniform", R"({"low": 0.1, "high": 1})") +
                   parameter(id, "c", 0.5, "DiscreteUniform", R"({"low": 0, "high": 1, "q": 0.25})") +
                   parameter(id, "d", 5, "IntUniform", R"({"low": 1, "high": 9, "step": 2})") +
                   parameter(id, "e", 5, "IntLogUniform", R"({"low": 1, "high": 9, "step": 1})") +
                   parameter(id, "f", 0.5, "Float", R"({"low": 0, "high": 1, "log": false, "step": 0.5})") +
                   parameter(id, "g", 5, "Int", R"({"low": 1, "high": 9, "log": true, "step": 1})") +
                   parameter(id, "h", id, "Categorical", R"({"choices": [null, true, 1, 1.5, "x", [2]]})");
        const auto study = readOptunaStudies(this->study(sql)).front();
        const auto is = [&study](const char* name, const char* rest) {
            Json expected = Json::parse(rest);
            expected["name"] = name;
            const Json found = entryOf(study, name);
            QVERIFY2(found == expected, found.dump().c_str());
        };
        is("a", R"({"type": "float", "distribution": "uniform", "low": -1, "high": 1.5})");
        is("b", R"({"type": "float", "distribution": "log", "low": 0.1, "high": 1})");
        is("c", R"({"type": "float", "distribution": "uniform", "low": 0, "high": 1, "step": 0.25})");
        is("d", R"({"type": "integer", "distribution": "uniform", "low": 1, "high": 9, "step": 2})");
        is("e", R"({"type": "integer", "distribution": "log", "low": 1, "high": 9})");
        is("f", R"({"type": "float", "distribution": "uniform", "low": 0, "high": 1, "step": 0.5})");
        is("g", R"({"type": "integer", "distribution": "log", "low": 1, "high": 9})");
        is("h", R"({"type": "categorical", "values": [null, true, 1, 1.5, "x", "[2]"]})");
        QVERIFY(study.trials[0].parameters["h"] == Json(true));
        QVERIFY(study.trials[1].parameters["h"] == Json(1));
    }

    void ranges_that_change_are_united_and_that_is_said() {
        const auto study =
            readOptunaStudies(this->study(trial(1, "COMPLETE", "1, 'FINITE'") +
                                          trial(2, "COMPLETE", "2, 'FINITE'") +
                                          parameter(1, "x", 0.5, "Float", R"({"low": 0, "high": 1})") +
                                          parameter(2, "x", 2, "Float", R"({"low": 0.5, "high": 3})")))
                .front();
        QVERIFY(entryOf(study, "x")["low"] == 0 && entryOf(study, "x")["high"] == 3);
        QCOMPARE(study.notes.size(), std::size_t{1});
    }

    void a_parameter_with_one_value_is_none_of_the_space() {
        const auto study =
            readOptunaStudies(this->study(trial(1, "COMPLETE", "1, 'FINITE'") +
                                          parameter(1, "x", 0.5, "Float", R"({"low": 0, "high": 1})") +
                                          parameter(1, "seed", 7, "Int", R"({"low": 7, "high": 7})") +
                                          parameter(1, "c", 0, "Categorical", R"({"choices": ["only"]})")))
                .front();
        QCOMPARE(study.space["parameters"].size(), std::size_t{1});
        QVERIFY(study.fixed == Json({{"seed", 7}, {"c", "only"}}));
        QVERIFY(study.trials.front().parameters == Json({{"x", 0.5}}));
    }

    void conditions_are_read_off_the_trials() {
        std::string sql;
        for (int id = 1; id <= 6; ++id) {
            const bool adam = id % 2 == 0;
            const int layers = (id + 1) / 2;
            sql +=
                trial(id, "COMPLETE", "1, 'FINITE'") +
                parameter(id, "optimiser", adam ? 1 : 0, "Categorical", R"({"choices": ["sgd", "adam"]})") +
                parameter(id, "layers", layers, "Int", R"({"low": 1, "high": 3, "step": 1})");
            if (adam)
                sql += parameter(id, "beta", 0.1 * id, "Float", R"({"low": 0, "high": 1})");
            for (int layer = 1; layer <= layers; ++layer)
                sql += parameter(id, "units" + std::to_string(layer), 10 + id, "Int",
                                 R"({"low": 1, "high": 99, "step": 1})");
        }
        // A trial that failed before it had drawn everything says nothing of conditions.
        sql +=
            trial(7, "FAIL") + parameter(7, "optimiser", 1, "Categorical", R"({"choices": ["sgd", "adam"]})");
        const auto study = readOptunaStudies(this->study(sql)).front();
        QVERIFY(entryOf(study, "beta")["when"] == Json({{"optimiser", {"adam"}}}));
        QVERIFY(!entryOf(study, "units1").contains("when"));
        QVERIFY(entryOf(study, "units2")["when"] == Json({{"layers", {{"minimum", 2}}}}));
        QVERIFY(entryOf(study, "units3")["when"] == Json({{"layers", {{"minimum", 3}}}}));
        QCOMPARE(study.notes.size(), std::size_t{3});
    }

    void several_objectives_have_their_names_and_constraints_count() {
        const fs::path file = emptyFile();
        runSql(
            file,
            "INSERT INTO studies VALUES (5, 'two');"
            "INSERT INTO study_directions VALUES (1, 'MAXIMIZE', 5, 1), (2, 'MINIMIZE', 5, 0);"
            "INSERT INTO trials VALUES (1, 0, 5, 'COMPLETE', NULL, NULL), (2, 1, 5, 'COMPLETE', NULL, NULL),"
            "(3, 2, 5, 'PRUNED', NULL, NULL);"
            "INSERT INTO trial_values VALUES (1, 1, 1, 0.9, 'FINITE'), (2, 1, 0, 5, 'FINITE'),"
            "(3, 2, 0, 6, 'FINITE'), (4, 2, 1, NULL, 'INF_POS');"
            "INSERT INTO trial_system_attributes VALUES (1, 1, 'constraints', '[0.5, -1, 0.25]');");
        auto study = readOptunaStudies(file).front();
        QVERIFY(study.objectives == (std::vector<TrialObjective>{{"values_0", Direction::Minimise},
                                                                 {"values_1", Direction::Maximise}}));
        QVERIFY(study.trials[0].end == TrialEnd::Infeasible);
        QCOMPARE(study.trials[0].violation, 0.75);
        QCOMPARE(study.trials[0].objectives, (std::vector<double>{5, 0.9}));
        QVERIFY(study.trials[1].end == TrialEnd::Failed); // its value is infinite
        QVERIFY(study.trials[2].end == TrialEnd::Stopped && study.trials[2].objectives.empty());
        runSql(file, "INSERT INTO study_system_attributes VALUES (1, 5, 'study:metric_names', "
                     "'[\"latency\", \"accuracy\"]')");
        study = readOptunaStudies(file).front();
        QCOMPARE(study.objectives[1].name, std::string("accuracy"));
        const std::vector<TrialObjective> own{{"ms", Direction::Minimise}, {"acc", Direction::Maximise}};
        QVERIFY(readOptunaStudies(file, {.study = {}, .objectives = own}).front().objectives == own);
        refuses(file, "2 values, and 1 objectives", {.study = {}, .objectives = {own[0]}});
        refuses(file, "was made to maximise", {.study = {}, .objectives = {own[0], {"acc"}}});
    }

    void infinite_and_missing_reports_are_kept_as_such() {
        const auto three =
            readOptunaStudies(demo(OptunaGeneration::Three,
                                   "INSERT INTO trial_intermediate_values VALUES (50, 3, 2, NULL, 'NAN'), "
                                   "(51, 3, 3, NULL, 'INF_NEG');"))
                .front();
        QVERIFY(std::isnan(three.trials[2].reported[2].second));
        QCOMPARE(three.trials[2].reported[3].second, -std::numeric_limits<double>::infinity());
        QCOMPARE(three.trials[2].objectives, std::vector<double>{0.8});
        // Optuna 2 kept them as the largest number of single precision.
        const auto two = readOptunaStudies(demo(OptunaGeneration::Two,
                                                "UPDATE trial_values SET value = 3.4028234663852886e+38 "
                                                "WHERE trial_id = 1"))
                             .front();
        QVERIFY(two.trials[0].end == TrialEnd::Failed);
    }

    void of_several_studies_one_is_taken_by_name_or_all() {
        const fs::path file =
            demo(OptunaGeneration::Three, "INSERT INTO studies VALUES (2, 'other');"
                                          "INSERT INTO study_directions VALUES (2, 'MAXIMIZE', 2, 0);"
                                          "INSERT INTO trials VALUES (9, 0, 2, 'WAITING', NULL, NULL);");
        QCOMPARE(readOptunaStudies(file).size(), std::size_t{2});
        const auto chosen = readOptunaStudies(file, {.study = "other", .objectives = {}});
        QCOMPARE(chosen.size(), std::size_t{1});
        QVERIFY(chosen.front().trials.empty());
        QCOMPARE(chosen.front().unfinished, std::size_t{1});
        refuses(file, "Its studies are demo, other", {.study = "absent", .objectives = {}});
    }

    void a_file_that_is_none_is_refused() {
        refuses(newPath(), "there is no such file");
        refuses(folder_.path().toStdString(), "it is not a file");
        const fs::path text = newPath();
        writeFile(text, "lr,acc\n1,2\n");
        refuses(text, "it is no SQLite file");
        const fs::path noise = newPath();
        writeFile(noise, std::string("SQLite format 3\0", 16) + std::string(4096, 'x'));
        refuses(noise, "Cannot read");
        const fs::path other = newPath();
        runSql(other, "CREATE TABLE studies (a)");
        refuses(other, "no Optuna study: it has no table 'trials'");
        refuses(emptyFile(), "it holds no study");
    }

    void a_version_that_is_not_known_is_refused() {
        refuses(demo(OptunaGeneration::Three, "UPDATE alembic_version SET version_num = 'v9.0.0.a'"),
                "v9.0.0.a of Optuna 3.6.1 is not known");
        refuses(demo(OptunaGeneration::Three, "UPDATE version_info SET schema_version = 13"), "is not known");
        refuses(demo(OptunaGeneration::Three, "UPDATE alembic_version SET version_num = 'v1.3.0.a'"),
                "optuna storage upgrade");
        refuses(demo(OptunaGeneration::Three, "DELETE FROM version_info"), "which version of Optuna");
    }

    void a_truncated_or_locked_file_is_refused() {
        const fs::path file = demo();
        const std::string content = readFile(file, Bytes(1e6));
        for (const std::size_t size : {std::size_t{50}, std::size_t{5000}, content.size() - 4096}) {
            const fs::path part = newPath();
            writeFile(part, std::string_view(content).substr(0, size));
            refuses(part, "Cannot read");
        }
        sqlite3* writer = nullptr;
        sqlite3_open(file.string().c_str(), &writer);
        sqlite3_exec(writer, "BEGIN EXCLUSIVE; DELETE FROM trial_values", nullptr, nullptr, nullptr);
        refuses(file, "another program is writing it");
        sqlite3_close(writer);
        QCOMPARE(readOptunaStudies(file).size(), std::size_t{1});
    }

    void every_damaged_byte_gives_a_study_or_an_error() {
        const std::string content = readFile(demo(), Bytes(1e6));
        int refused = 0;
        for (std::size_t at = 16; at < content.size(); at += 397) {
            std::string damaged = content;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x5A);
            const fs::path file = newPath();
            writeFile(file, damaged);
            try {
                readOptunaStudies(file);
            } catch (const Error&) {
                ++refused;
            }
            fs::remove(file);
        }
        QVERIFY(refused > 0);
    }

    void a_write_ahead_log_is_read_and_nothing_is_left_behind() {
        const fs::path file = demo(OptunaGeneration::Three, "PRAGMA journal_mode = WAL");
        QCOMPARE(readOptunaStudies(file).size(), std::size_t{1});
        fs::path log = file;
        log += "-wal";
        QVERIFY(!fs::exists(log));
        sqlite3* writer = nullptr;
        sqlite3_open(file.string().c_str(), &writer);
        sqlite3_exec(writer, "DELETE FROM trials WHERE number = 3", nullptr, nullptr, nullptr);
        QVERIFY(fs::exists(log));
        QCOMPARE(readOptunaStudies(file).front().trials.size(), std::size_t{3});
        sqlite3_close(writer);
    }

    void hostile_rows_are_refused_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("because");
        const auto row = [](const char* name, const char* sql, const char* because) {
            QTest::newRow(name) << QString(sql) << QString(because);
        };
        row("state", "UPDATE trials SET state = 'ODD' WHERE number = 1", "in the state 'ODD'");
        row("number twice", "UPDATE trials SET number = 0", "a trial 0 twice");
        row("negative number", "UPDATE trials SET number = -1 WHERE number = 1", "a trial -1");
        row("text as number", "UPDATE trials SET number = 'many' WHERE number = 1", "a whole number");
        row("text as value", "UPDATE trial_params SET param_value = 'x' WHERE trial_id = 1", "than a number");
        row("blob as name", "UPDATE studies SET study_name = x'00ff'", "than a text");
        row("long name", "UPDATE trial_params SET param_name = printf('%.*c', 5000, 'x') WHERE param_id = 1",
            "more than 512 bytes");
        row("half JSON", "UPDATE trial_params SET distribution_json = '{\"name\"' WHERE param_id = 1", "lr");
        row("list", "UPDATE trial_params SET distribution_json = '[1]' WHERE param_id = 1", "no name");
        row("unknown distribution",
            "UPDATE trial_params SET distribution_json = '{\"name\": \"Odd\", \"attributes\": {}}' "
            "WHERE param_id = 1",
            "'Odd' is not known");
        row("bounds",
            "UPDATE trial_params SET distribution_json = "
            "'{\"name\": \"FloatDistribution\", \"attributes\": {\"low\": 2, \"high\": 1}}' WHERE param_id = "
            "1",
            "contradict");
        row("infinite bound",
            "UPDATE trial_params SET distribution_json = '{\"name\": \"FloatDistribution\", "
            "\"attributes\": {\"low\": 0, \"high\": Infinity}}' WHERE param_id = 1",
            "lr");
        row("no such choice", "UPDATE trial_params SET param_value = 2 WHERE param_name = 'optimiser'",
            "none of its distribution");
        row("changed type",
            "UPDATE trial_params SET param_value = 1, distribution_json = "
            "'{\"name\": \"IntDistribution\", \"attributes\": {\"low\": 0, \"high\": 9}}' WHERE param_id = 1",
            "of one type in one trial");
        row("value type", "UPDATE trial_values SET value_type = 'ODD'", "of the type 'ODD'");
        row("direction", "UPDATE study_directions SET direction = 'UP'", "is 'UP'");
        row("no direction", "DELETE FROM study_directions", "directions of the study 'demo' are missing");
        row("far objective", "UPDATE study_directions SET objective = 4000000", "missing");
        row("not set", "UPDATE study_directions SET direction = 'NOT_SET'", "which way its value is better");
        row("a view instead of a table",
            "ALTER TABLE trials RENAME TO t; CREATE VIEW trials AS WITH RECURSIVE c(x) AS "
            "(SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS trial_id, x AS number, 1 AS study_id, "
            "'COMPLETE' AS state, NULL AS datetime_start, NULL AS datetime_complete FROM c",
            "no table 'trials'");
        row("missing column", "ALTER TABLE trials DROP COLUMN number", "not laid out as expected");
        row("huge text",
            "UPDATE trial_params SET distribution_json = printf('%.*c', 9000000, 'x') WHERE param_id = 1",
            "larger than 8 MiB");
    }
    void hostile_rows_are_refused() {
        QFETCH(QString, sql);
        QFETCH(QString, because);
        const fs::path file = demo();
        runSql(file, "DROP INDEX trials_study_id_key;" + sql.toStdString());
        refuses(file, because.toUtf8().constData());
    }
};

QTEST_APPLESS_MAIN(TestOptunaStudy)
#include "test_optuna_study.moc"
