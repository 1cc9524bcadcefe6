// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/optuna_file.h"

#include <sqlite3.h>
#include <stdexcept>

namespace greenfront::testing {
namespace {

constexpr const char* commonTables = R"sql(
CREATE TABLE studies (
    study_id INTEGER NOT NULL, study_name VARCHAR(512) NOT NULL, PRIMARY KEY (study_id));
CREATE UNIQUE INDEX ix_studies_study_name ON studies (study_name);
CREATE TABLE version_info (
    version_info_id INTEGER NOT NULL, schema_version INTEGER, library_version VARCHAR(256),
    PRIMARY KEY (version_info_id), CHECK (version_info_id = 1));
CREATE TABLE study_directions (
    study_direction_id INTEGER NOT NULL, direction VARCHAR(8) NOT NULL, study_id INTEGER NOT NULL,
    objective INTEGER NOT NULL, PRIMARY KEY (study_direction_id), UNIQUE (study_id, objective),
    FOREIGN KEY (study_id) REFERENCES studies (study_id));
CREATE TABLE study_user_attributes (
    study_user_attribute_id INTEGER NOT NULL, study_id INTEGER, "key" VARCHAR(512), value_json TEXT,
    PRIMARY KEY (study_user_attribute_id), UNIQUE (study_id, "key"));
CREATE TABLE study_system_attributes (
    study_system_attribute_id INTEGER NOT NULL, study_id INTEGER, "key" VARCHAR(512), value_json TEXT,
    PRIMARY KEY (study_system_attribute_id), UNIQUE (study_id, "key"));
CREATE TABLE trials (
    trial_id INTEGER NOT NULL, number INTEGER, study_id INTEGER, state VARCHAR(8) NOT NULL,
    datetime_start DATETIME, datetime_complete DATETIME, PRIMARY KEY (trial_id),
    FOREIGN KEY (study_id) REFERENCES studies (study_id));
CREATE TABLE trial_user_attributes (
    trial_user_attribute_id INTEGER NOT NULL, trial_id INTEGER, "key" VARCHAR(512), value_json TEXT,
    PRIMARY KEY (trial_user_attribute_id), UNIQUE (trial_id, "key"));
CREATE TABLE trial_system_attributes (
    trial_system_attribute_id INTEGER NOT NULL, trial_id INTEGER, "key" VARCHAR(512), value_json TEXT,
    PRIMARY KEY (trial_system_attribute_id), UNIQUE (trial_id, "key"));
CREATE TABLE trial_params (
    param_id INTEGER NOT NULL, trial_id INTEGER, param_name VARCHAR(512), param_value FLOAT,
    distribution_json TEXT, PRIMARY KEY (param_id), UNIQUE (trial_id, param_name));
CREATE TABLE trial_heartbeats (
    trial_heartbeat_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, heartbeat DATETIME NOT NULL,
    PRIMARY KEY (trial_heartbeat_id), UNIQUE (trial_id));
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
)sql";

constexpr const char* valuesOfTwo = R"sql(
CREATE TABLE trial_values (
    trial_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL,
    value FLOAT NOT NULL, PRIMARY KEY (trial_value_id), UNIQUE (trial_id, objective));
CREATE TABLE trial_intermediate_values (
    trial_intermediate_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, step INTEGER NOT NULL,
    intermediate_value FLOAT NOT NULL, PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step));
INSERT INTO version_info VALUES (1, 12, '2.10.1');
INSERT INTO alembic_version VALUES ('v2.6.0.a');
)sql";

constexpr const char* valuesOfThree = R"sql(
CREATE TABLE trial_values (
    trial_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, objective INTEGER NOT NULL, value FLOAT,
    value_type VARCHAR(7) NOT NULL, PRIMARY KEY (trial_value_id), UNIQUE (trial_id, objective));
CREATE TABLE trial_intermediate_values (
    trial_intermediate_value_id INTEGER NOT NULL, trial_id INTEGER NOT NULL, step INTEGER NOT NULL,
    intermediate_value FLOAT, intermediate_value_type VARCHAR(7) NOT NULL,
    PRIMARY KEY (trial_intermediate_value_id), UNIQUE (trial_id, step));
CREATE INDEX trials_study_id_key ON trials (study_id);
INSERT INTO version_info VALUES (1, 12, '3.6.1');
INSERT INTO alembic_version VALUES ('v3.2.0.a');
)sql";

constexpr const char* demoTrials = R"sql(
INSERT INTO studies VALUES (1, 'demo');
INSERT INTO study_directions VALUES (1, 'MINIMIZE', 1, 0);
INSERT INTO trials VALUES
    (1, 0, 1, 'COMPLETE', '2024-03-01 10:00:00.000000', '2024-03-01 10:01:00.000000'),
    (2, 1, 1, 'COMPLETE', '2024-03-01 10:01:00.250000', '2024-03-01 10:02:30.750000'),
    (3, 2, 1, 'PRUNED', '2024-03-01 10:02:31.000000', '2024-03-01 10:02:40.000000'),
    (4, 3, 1, 'FAIL', '2024-03-01 10:03:00.000000', '2024-03-01 10:03:01.000000'),
    (5, 4, 1, 'RUNNING', '2024-03-01 10:04:00.000000', NULL);
)sql";

constexpr const char* demoOfTwo = R"sql(
INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
SELECT trial_id, 'lr', 0.001 * trial_id,
       '{"name": "LogUniformDistribution", "attributes": {"low": 1e-05, "high": 0.1}}' FROM trials
UNION ALL SELECT trial_id, 'width', 16.0 * trial_id,
       '{"name": "IntUniformDistribution", "attributes": {"low": 16, "high": 128, "step": 16}}' FROM trials
UNION ALL SELECT trial_id, 'optimiser', trial_id % 2,
       '{"name": "CategoricalDistribution", "attributes": {"choices": ["sgd", "adam"]}}' FROM trials;
INSERT INTO trial_values (trial_id, objective, value) VALUES (1, 0, 0.5), (2, 0, 0.25);
INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value) VALUES (3, 0, 0.9), (3, 1, 0.8);
)sql";

constexpr const char* demoOfThree = R"sql(
INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
SELECT trial_id, 'lr', 0.001 * trial_id, '{"name": "FloatDistribution", "attributes": {"step": null, '
       || '"low": 1e-05, "high": 0.1, "log": true}}' FROM trials
UNION ALL SELECT trial_id, 'width', 16.0 * trial_id, '{"name": "IntDistribution", "attributes": '
       || '{"log": false, "step": 16, "low": 16, "high": 128}}' FROM trials
UNION ALL SELECT trial_id, 'optimiser', trial_id % 2,
       '{"name": "CategoricalDistribution", "attributes": {"choices": ["sgd", "adam"]}}' FROM trials;
INSERT INTO trial_values (trial_id, objective, value, value_type)
VALUES (1, 0, 0.5, 'FINITE'), (2, 0, 0.25, 'FINITE');
INSERT INTO trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)
VALUES (3, 0, 0.9, 'FINITE'), (3, 1, 0.8, 'FINITE');
)sql";

} // namespace

void runSql(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* handle = nullptr;
    int code = sqlite3_open(file.string().c_str(), &handle);
    if (code == SQLITE_OK) // a test's file need not outlive a power cut
        code = sqlite3_exec(handle, ("PRAGMA synchronous = OFF;" + sql).c_str(), nullptr, nullptr, nullptr);
    const std::string message = sqlite3_errmsg(handle);
    sqlite3_close(handle);
    if (code != SQLITE_OK)
        throw std::runtime_error(message);
}

void makeOptunaFile(const std::filesystem::path& file, OptunaGeneration generation) {
    runSql(file, commonTables);
    runSql(file, generation == OptunaGeneration::Two ? valuesOfTwo : valuesOfThree);
}

void addDemoStudy(const std::filesystem::path& file, OptunaGeneration generation) {
    runSql(file, demoTrials);
    runSql(file, generation == OptunaGeneration::Two ? demoOfTwo : demoOfThree);
}

} // namespace greenfront::testing
