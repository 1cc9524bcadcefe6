// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/schema.h"

#include <array>

namespace greenfront::store {
namespace {

constexpr std::string_view firstVersion = R"sql(
CREATE TABLE data_sets (
    hash   TEXT PRIMARY KEY,
    name   TEXT NOT NULL,
    kind   TEXT NOT NULL,
    info   TEXT NOT NULL, -- JSON
    source TEXT NOT NULL  -- JSON
) WITHOUT ROWID;

CREATE TABLE studies (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    created   TEXT NOT NULL, -- ISO 8601, UTC
    data_hash TEXT NOT NULL REFERENCES data_sets (hash),
    config    TEXT NOT NULL  -- JSON
);

CREATE TABLE runs (
    id         INTEGER PRIMARY KEY,
    study      INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    state      TEXT NOT NULL,
    started    TEXT NOT NULL DEFAULT '',
    seconds    REAL NOT NULL DEFAULT 0,
    parameters TEXT NOT NULL, -- JSON
    seed       INTEGER NOT NULL,
    versions   TEXT NOT NULL, -- JSON
    error      TEXT NOT NULL DEFAULT ''
);
CREATE INDEX runs_by_study ON runs (study);

CREATE TABLE series (
    id   INTEGER PRIMARY KEY,
    run  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    UNIQUE (run, name)
);
CREATE TABLE points (
    series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    step   INTEGER NOT NULL,
    value  REAL, -- NULL is not a number
    PRIMARY KEY (series, step)
) WITHOUT ROWID;

CREATE TABLE energy (
    id         INTEGER PRIMARY KEY,
    run        INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    phase      TEXT NOT NULL,
    source     TEXT NOT NULL,
    method     TEXT NOT NULL,
    provenance TEXT NOT NULL,
    seconds    REAL NOT NULL,
    joules     REAL NOT NULL,
    low        REAL NOT NULL,
    high       REAL NOT NULL,
    at         TEXT NOT NULL -- end of the interval, ISO 8601, UTC
);
CREATE INDEX energy_by_run ON energy (run);

CREATE TABLE candidates (
    id       INTEGER PRIMARY KEY,
    study    INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    genotype TEXT NOT NULL, -- choice indices, comma-separated
    UNIQUE (study, genotype)
);
CREATE INDEX candidates_by_study ON candidates (study);

-- Few sentences stand behind very many metrics.
CREATE TABLE methods (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);
CREATE TABLE metrics (
    candidate  INTEGER NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    device     TEXT NOT NULL, -- empty for what does not depend on one
    name       TEXT NOT NULL,
    value      REAL, -- NULL is not a number
    unit       TEXT NOT NULL,
    direction  TEXT NOT NULL,
    provenance TEXT NOT NULL,
    low        REAL,
    high       REAL,
    method     INTEGER NOT NULL REFERENCES methods (id),
    PRIMARY KEY (candidate, device, name)
) WITHOUT ROWID;
-- Which devices a study has metrics for, so that nobody has to look through all of them.
CREATE TABLE study_devices (
    study  INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    PRIMARY KEY (study, device)
) WITHOUT ROWID;

CREATE TABLE evaluations (
    id         INTEGER PRIMARY KEY,
    run        INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    candidate  INTEGER NOT NULL REFERENCES candidates (id) ON DELETE CASCADE,
    objectives BLOB NOT NULL -- doubles, little-endian
);
CREATE INDEX evaluations_by_run ON evaluations (run);
CREATE INDEX evaluations_by_candidate ON evaluations (candidate);

CREATE TABLE blobs (
    id   INTEGER PRIMARY KEY,
    run  INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    size INTEGER NOT NULL, -- bytes
    meta TEXT NOT NULL,    -- JSON
    UNIQUE (run, name)
);
CREATE TABLE chunks (
    id    INTEGER PRIMARY KEY,
    hash  TEXT NOT NULL UNIQUE, -- SHA-256 of the bytes
    bytes BLOB NOT NULL
);
CREATE TABLE blob_chunks (
    blob     INTEGER NOT NULL REFERENCES blobs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    chunk    INTEGER NOT NULL REFERENCES chunks (id),
    PRIMARY KEY (blob, position)
) WITHOUT ROWID;
CREATE INDEX blob_chunks_by_chunk ON blob_chunks (chunk);
)sql";

constexpr std::string_view predictions = R"sql(
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT ''; -- why it ended before all was done

CREATE TABLE predictions (
    run          INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    kind         TEXT NOT NULL,
    share        REAL NOT NULL,    -- of the run that was seen, 0 to 1
    planned      INTEGER NOT NULL, -- epochs or networks that it speaks of
    joules       REAL NOT NULL,
    joules_low   REAL NOT NULL,
    joules_high  REAL NOT NULL,
    seconds      REAL NOT NULL,
    seconds_low  REAL NOT NULL,
    seconds_high REAL NOT NULL,
    method       TEXT NOT NULL,
    at           TEXT NOT NULL, -- ISO 8601, UTC
    PRIMARY KEY (run, kind)
) WITHOUT ROWID;
)sql";

constexpr std::string_view idlePower = R"sql(
CREATE TABLE idle_power (
    machine    TEXT NOT NULL, -- processor and threads, as its runs are stored with
    source     TEXT NOT NULL,
    method     TEXT NOT NULL,
    provenance TEXT NOT NULL,
    seconds    REAL NOT NULL, -- that it was measured for
    watts      REAL NOT NULL,
    low        REAL NOT NULL,
    high       REAL NOT NULL,
    at         TEXT NOT NULL, -- ISO 8601, UTC
    PRIMARY KEY (machine, source)
) WITHOUT ROWID;
)sql";

constexpr std::string_view correction = R"sql(
-- What a prediction was multiplied by because earlier ones were off.
ALTER TABLE predictions ADD COLUMN correction REAL NOT NULL DEFAULT 1;
)sql";

constexpr std::string_view devices = R"sql(
CREATE TABLE devices (
    id      TEXT PRIMARY KEY,
    profile TEXT NOT NULL, -- JSON
    latency TEXT NOT NULL, -- JSON; null where the profile is all that is known
    at      TEXT NOT NULL  -- ISO 8601, UTC
) WITHOUT ROWID;
)sql";

constexpr std::string_view trials = R"sql(
-- What is searched: a supernet's networks, or the parameters of a program.
ALTER TABLE studies ADD COLUMN kind TEXT NOT NULL DEFAULT 'supernet';

-- One try of a search for parameters: a run, and what the search was told of it.
CREATE TABLE trials (
    run        INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    study      INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL, -- that the search gave it, from 0
    told       INTEGER,          -- place in the order of results; NULL before there is one
    outcome    TEXT NOT NULL DEFAULT '',
    objectives BLOB,             -- doubles, little-endian
    violation  REAL NOT NULL DEFAULT 0,
    UNIQUE (study, number)
);
CREATE INDEX trials_by_telling ON trials (study, told);
)sql";

constexpr std::string_view studyDocuments = R"sql(
-- What a study keeps beside its configuration: the past that a search for parameters learns from.
CREATE TABLE study_documents (
    study    INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
    name     TEXT NOT NULL,
    document TEXT NOT NULL, -- JSON
    PRIMARY KEY (study, name)
) WITHOUT ROWID;
)sql";

constexpr std::array steps{firstVersion, predictions, idlePower, correction, devices, trials, studyDocuments};

} // namespace

std::span<const std::string_view> migrations() {
    return steps;
}

} // namespace greenfront::store
